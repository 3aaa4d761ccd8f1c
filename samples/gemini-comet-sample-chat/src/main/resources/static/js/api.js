/** The requests of the page to its server. */

import { Failure } from './failures.js';
import { serverSentEvents } from './sse.js';

/** The waits before the page connects again, in milliseconds. */
const FIRST_WAIT = 250;

const LONGEST_WAIT = 4_000;

/** How long a question that was stopped waits for the response to it, in milliseconds. */
const LONGEST_STOP = 10_000;

/** The abort reason of a page that stops reading while the answer continues on the server. */
export const LEFT = 'left';

/** How long a running server may be silent, in milliseconds: it sends a heartbeat every 15 seconds. */
const LONGEST_SILENCE = 45_000;

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

/** Deletes a conversation on the server, even while the page is being left. */
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
 * Asks the next question of a conversation and yields { type, data } for each event of the answer, which continues on the
 * server if the connection is lost or the page leaves it.
 * @param {string} id the conversation, which begins with its first question
 * @param {object} question the text, media and options; tables have a URL of their own
 * @param {AbortSignal} signal ends the reading; with the reason LEFT, the question is sent nevertheless
 */
export async function* ask(id, question, signal) {
	const { features = [], ...rest } = plain(question);
	const path = features.includes('table') ? `/api/chats/${id}/table` : `/api/chats/${id}`;
	const response = await postQuestion(path, { ...rest, features: features.filter((feature) => feature !== 'table') }, signal);
	yield* follow(id, response, signal);
}

/**
 * Posts a question. If it is stopped before the server has responded, waits for the response for a while, since the server
 * cannot stop an answer that it has not started.
 */
async function postQuestion(path, question, signal) {
	if (signal.reason !== LEFT) {
		signal.throwIfAborted();
	}
	const request = new AbortController();
	const end = () => request.abort(signal.reason);
	let timer = 0;
	const endLater = () => {
		if (signal.reason !== LEFT) {
			timer = setTimeout(end, LONGEST_STOP);
		}
	};
	signal.addEventListener('abort', endLater);
	try {
		return await post(path, question, request.signal);
	}
	finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', endLater);
		signal.aborted ? end() : signal.addEventListener('abort', end);
	}
}

/** The events of the answer that is arriving in a conversation, from the first one; null if none is. */
export async function resume(id, signal) {
	const response = await checked(await reach(`/api/chats/${id}/stream`, { signal }));
	return (response.status === 204) ? null : follow(id, response, signal);
}

/** Stops the answer that is arriving in a conversation, for all who read it. */
export async function cancel(id) {
	await checked(await reach(`/api/chats/${id}/stream`, { method: 'DELETE' }));
}

/**
 * Yields the events of an answer. When the connection is lost before the last one, yields { type: 'reconnecting' }, then
 * { type: 'reconnected' }, and continues with the next event.
 */
async function* follow(chat, response, signal) {
	let lastEventId = '';
	while (response.status !== 204) {
		const reading = new AbortController();
		const events = serverSentEvents(whileConnected(response.body, reading.signal));
		try {
			for (let next = await read(events, signal); !next.done; next = await read(events, signal)) {
				const { event, data, id } = next.value;
				lastEventId = id || lastEventId;
				if (data) {
					yield { type: event, data: JSON.parse(data) };
				}
				if (event === 'done' || event === 'error') {
					return;
				}
			}
		}
		finally {
			reading.abort();
			await events.return();
		}
		yield { type: 'reconnecting' };
		response = await connectAgain(chat, lastEventId, signal);
		yield { type: 'reconnected' };
	}
}

/**
 * A body that fails when the browser goes offline or the server falls silent, since a lost connection is not reported otherwise.
 * @param {AbortSignal} signal ends the watching; a stream that is cancelled does not
 */
function whileConnected(body, signal) {
	let lose = null;
	let timer = 0;
	const waitForBytes = () => {
		clearTimeout(timer);
		timer = setTimeout(lose, LONGEST_SILENCE);
	};
	signal.addEventListener('abort', () => clearTimeout(timer));
	return body.pipeThrough(new TransformStream({
		start(controller) {
			lose = () => controller.error(new Error('The connection is lost'));
			addEventListener('offline', lose, { signal });
			waitForBytes();
		},
		transform(chunk, controller) {
			waitForBytes();
			controller.enqueue(chunk);
		}
	}));
}

/** The next event; a lost connection is treated as the end of the stream. */
async function read(events, signal) {
	try {
		return await events.next();
	}
	catch (failure) {
		if (signal.aborted) {
			throw failure;
		}
		return { done: true };
	}
}

async function connectAgain(chat, lastEventId, signal) {
	const headers = lastEventId ? { 'Last-Event-ID': lastEventId } : {};
	for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
		const response = await fetch(`/api/chats/${chat}/stream`, { headers, signal }).catch(() => null);
		signal.throwIfAborted();
		if (response && response.status < 500) {
			return checked(response);
		}
		await pause(wait, signal);
	}
}

function pause(milliseconds, signal) {
	const listeners = new AbortController();
	return new Promise((resolve, reject) => {
		setTimeout(resolve, milliseconds);
		addEventListener('online', resolve, { signal: listeners.signal });
		signal.addEventListener('abort', () => reject(signal.reason), { signal: listeners.signal });
	}).finally(() => listeners.abort());
}

/** A question without the members that only the page needs. */
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
		throw options?.signal?.aborted ? failure : new Failure('unreachable', failure.message);
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
	const status = { 400: 'invalid-request', 413: 'too-big', 502: 'unreachable', 503: 'busy', 504: 'unreachable' };
	const wait = Number(response.headers.get('Retry-After')) || undefined;
	try {
		const { code, detail, title } = await response.json();
		return new Failure(code ?? status[response.status] ?? 'internal', detail ?? title ?? `HTTP ${response.status}`, wait);
	}
	catch {
		return new Failure(status[response.status] ?? 'internal', `HTTP ${response.status}`, wait);
	}
}
