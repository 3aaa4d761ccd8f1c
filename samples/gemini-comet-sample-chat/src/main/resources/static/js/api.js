/** What the page asks its server for. */

import { Failure } from './failures.js';
import { serverSentEvents } from './sse.js';

export async function info() {
	return json(await reach('/api/info'));
}

export async function models() {
	return json(await reach('/api/models'));
}

/** The health of the endpoint: { status, details }. */
export async function health() {
	const response = await reach('/actuator/health/gemini');
	return response.json();
}

/** The turns of a conversation, none if the server does not know it. */
export async function turns(id) {
	return (await json(await reach(`/api/chats/${id}`))).turns ?? [];
}

/** Lets the server forget a conversation, even if the page is being left. */
export async function forget(id) {
	await checked(await reach(`/api/chats/${id}`, { method: 'DELETE', keepalive: true }));
}

/** Adds a turn that was interrupted to its conversation, once. */
export async function keep(chat, id, question, text) {
	await post(`/api/chats/${chat}/turns`, { id, question: plain(question), text });
}

/** Begins a conversation with the first turns of another one. */
export async function branch(id, newId, turns) {
	await post(`/api/chats/${id}/branches`, { id: newId, turns });
}

/** Approves or refuses a function call. */
export async function decide(id, call, approved) {
	await post(`/api/chats/${id}/calls/${encodeURIComponent(call)}?approved=${approved}`, {});
}

/**
 * Asks the next question of a conversation and yields { type, data } for each event of the answer.
 * @param {string} id the conversation, which begins with its first question
 * @param {object} question the text, media and options; a table as answer has an address of its own
 * @param {AbortSignal} signal ends the answer, here and at the model
 */
export async function* ask(id, question, signal) {
	const { features = [], ...rest } = plain(question);
	const path = features.includes('table') ? `/api/chats/${id}/table` : `/api/chats/${id}`;
	const response = await post(path, { ...rest, features: features.filter((feature) => feature !== 'table') }, signal);
	try {
		for await (const { event, data } of serverSentEvents(response.body)) {
			yield { type: event, data: JSON.parse(data) };
		}
	}
	catch (failure) {
		throw (failure.name === 'AbortError') ? failure : new Failure('cut', failure.message);
	}
}

/** A question without what only the page needs. */
function plain({ media = [], ...question }) {
	return { ...question, media: media.map(({ mimeType, data }) => ({ mimeType, data })) };
}

async function post(path, body, signal) {
	return checked(await reach(path, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', 'Accept': 'text/event-stream, application/problem+json' },
		body: JSON.stringify(body),
		signal
	}));
}

async function reach(path, options) {
	try {
		return await fetch(path, options);
	}
	catch (failure) {
		throw (failure.name === 'AbortError') ? failure : new Failure('unreachable', failure.message);
	}
}

async function json(response) {
	return (await checked(response)).json();
}

async function checked(response) {
	if (!response.ok) {
		throw await problem(response);
	}
	return response;
}

/** The server explains itself in problem details (RFC 9457). */
async function problem(response) {
	const status = { 400: 'invalid-request', 413: 'too-big', 503: 'busy' };
	const wait = Number(response.headers.get('Retry-After')) || undefined;
	try {
		const { code, detail, title } = await response.json();
		return new Failure(code ?? status[response.status] ?? 'internal', detail ?? title ?? `HTTP ${response.status}`, wait);
	}
	catch {
		return new Failure(status[response.status] ?? 'internal', `HTTP ${response.status}`, wait);
	}
}
