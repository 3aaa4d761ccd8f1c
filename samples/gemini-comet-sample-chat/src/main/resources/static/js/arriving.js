/** An answer while it arrives. It continues on the server if the page leaves it. */

import { cancel, LEFT, resume, turns } from './api.js';
import { Failure } from './failures.js';
import { readTurn } from './history.js';
import * as unfinished from './unfinished.js';

/**
 * Shows the events of an answer until it is done.
 * @param {Exchange} exchange shows them
 * @param {string} chat the conversation
 * @param {AsyncIterable} events the events
 * @param {AbortSignal} signal ends the reading, with the reason LEFT without stopping the answer
 * @param {object} on callbacks: begin() for the first event, lose() when the connection is lost
 * @returns {Failure} why the answer is not done, or null
 */
export async function receive(exchange, chat, events, signal, { begin, lose }) {
	const kept = setInterval(() => exchange.text && unfinished.progress(chat, exchange.text), 1000);
	const leave = () => unfinished.progress(chat, exchange.text);
	addEventListener('pagehide', leave);
	let begun = false;
	try {
		for await (const { type, data } of events) {
			if (type === 'error') {
				const { code, message, retryAfter, finishReason, blockReason } = data;
				return Object.assign(new Failure(code, message, retryAfter), { finishReason, blockReason });
			}
			if (type === 'reconnecting') {
				exchange.reconnect();
				lose();
				continue;
			}
			if (type === 'reconnected') {
				exchange.goOn();
				continue;
			}
			exchange.take({ type, data });
			if (type === 'done') {
				return null;
			}
			if (!begun) {
				begin();
				begun = true;
			}
		}
		return new Failure('cut');
	}
	catch (failure) {
		if (!signal.aborted) {
			return Failure.of(failure);
		}
		return (signal.reason === LEFT) ? new Failure(LEFT) : stop(chat);
	}
	finally {
		clearInterval(kept);
		removeEventListener('pagehide', leave);
	}
}

async function stop(chat) {
	try {
		await cancel(chat);
		return new Failure('stopped');
	}
	catch (failure) {
		return Failure.of(failure);
	}
}

/** Whether the answer to a question is in the conversation, although the page has not read its end. */
export async function isStored(chat, index, { text }) {
	const newer = (await turns(chat).catch(() => [])).slice(index);
	return newer.some((turn) => !text || readTurn(turn).question.text === text);
}

/** Whether the server has received a question although the page got no answer. */
export async function isReceived(chat, index, question) {
	const controller = new AbortController();
	const events = await resume(chat, controller.signal).catch(() => null);
	controller.abort(LEFT);
	return events !== null || isStored(chat, index, question);
}

/** A table arrives without its usage, which the conversation has. */
export async function addUsage(exchange, chat) {
	const [last] = (await turns(chat).catch(() => [])).slice(-1).map(readTurn);
	last?.events.filter(({ type }) => type === 'usage').forEach((event) => exchange.take(event));
}
