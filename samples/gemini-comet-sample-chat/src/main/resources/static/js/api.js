/** What the page asks its server for. */

import { serverSentEvents } from './sse.js';

export async function info() {
	return json(await reach('/api/info'));
}

export async function models() {
	return json(await reach('/api/models'));
}

/**
 * Asks a question and yields { type, data } for each event of the answer.
 * @param {object} question the messages and options
 * @param {AbortSignal} signal ends the answer, here and at the model
 */
export async function* ask(question, signal) {
	const response = await reach('/api/chat', {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', 'Accept': 'text/event-stream, application/problem+json' },
		body: JSON.stringify(question),
		signal
	});
	if (!response.ok) {
		throw new Error(await problem(response));
	}
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
	if (!response.ok) {
		throw new Error(await problem(response));
	}
	return response.json();
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
