/** What the page asks its server for. */

import { serverSentEvents } from './sse.js';

export async function info() {
	return json(await reach('/api/info'));
}

export async function models() {
	return json(await reach('/api/models'));
}

/** The turns of a conversation, none if the server does not know it. */
export async function turns(id) {
	return (await json(await reach(`/api/chats/${id}`))).turns ?? [];
}

/** Lets the server forget a conversation. */
export async function forget(id) {
	await checked(await reach(`/api/chats/${id}`, { method: 'DELETE' }));
}

/**
 * Asks the next question of a conversation and yields { type, data } for each event of the answer.
 * @param {string} id the conversation, which begins with its first question
 * @param {object} question the text, pictures and options; a table as answer has an address of its own
 * @param {AbortSignal} signal ends the answer, here and at the model
 */
export async function* ask(id, question, signal) {
	const { features, ...rest } = question;
	const path = features.includes('table') ? `/api/chats/${id}/table` : `/api/chats/${id}`;
	const response = await checked(await reach(path, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', 'Accept': 'text/event-stream, application/problem+json' },
		body: JSON.stringify({ ...rest, features: features.filter((feature) => feature !== 'table') }),
		signal
	}));
	for await (const { event, data } of serverSentEvents(response.body)) {
		yield { type: event, data: JSON.parse(data) };
	}
}

async function reach(path, options) {
	try {
		return await fetch(path, options);
	}
	catch (failure) {
		throw (failure.name === 'AbortError') ? failure : new Error('The server cannot be reached.');
	}
}

async function json(response) {
	return (await checked(response)).json();
}

async function checked(response) {
	if (!response.ok) {
		throw new Error(await problem(response));
	}
	return response;
}

/** The server explains itself in problem details (RFC 9457). */
async function problem(response) {
	try {
		const { detail, title } = await response.json();
		return detail ?? title ?? `The server answered ${response.status}.`;
	}
	catch {
		return `The server answered ${response.status}.`;
	}
}
