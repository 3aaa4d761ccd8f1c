/** The requests of the page to its server. */

import { serverSentEvents } from './sse.js';

export async function info() {
	return (await reach('/api/info')).json();
}

/** The messages of a conversation, oldest first. */
export async function conversation(id) {
	return (await reach(`/api/chats/${id}`)).json();
}

export async function forget(id) {
	await reach(`/api/chats/${id}`, { method: 'DELETE' });
}

/** Asks a question and yields { event, data } for each event of the answer. */
export async function* ask(id, text, signal) {
	const response = await reach(`/api/chats/${id}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', 'Accept': 'text/event-stream' },
		body: JSON.stringify({ text }),
		signal
	});
	for await (const { event, data } of serverSentEvents(response.body)) {
		yield { event, data: JSON.parse(data) };
	}
}

async function reach(path, options) {
	let response;
	try {
		response = await fetch(path, options);
	}
	catch (failure) {
		throw (failure.name === 'AbortError') ? failure : new Error('The server cannot be reached.');
	}
	if (!response.ok) {
		throw new Error(`The server answered ${response.status}.`);
	}
	return response;
}
