/**
 * Stores everything that is not in a conversation yet: a question whose answer is not complete, the part of the answer that
 * has arrived, and the text in the composer. Survives a reload, a crash and the loss of the server.
 */

const DATABASE = 'chat';

const STORE = 'unfinished';

const TEXT = 'unfinished:';

const DRAFT = 'draft:';

/** Stores a question with the number of turns before it. */
export async function begin(chat, { id, question }, turnsBefore) {
	localStorage.removeItem(TEXT + chat);
	await run('readwrite', (store) => store.put({ id, question, turnsBefore }, chat));
}

/**
 * Stores why there is no complete answer, to show it again when the conversation is opened later.
 * @param {string} id the id of the turn, which another one may have followed
 */
export async function fail(chat, id, { code, details, finishReason, blockReason }) {
	const found = await run('readonly', (store) => store.get(chat));
	if (found?.id === id) {
		await run('readwrite', (store) => store.put({ ...found, failure: { code, details, finishReason, blockReason } }, chat));
	}
}

/** Stores the part of the answer that has arrived. */
export function progress(chat, text) {
	try {
		localStorage.setItem(TEXT + chat, text);
	}
	catch {
		// Ignored if there is no room: only a reload would need it
	}
}

/** The unfinished turn of a conversation, or undefined: { id, question, turnsBefore, text, failure }. */
export async function find(chat) {
	const found = await run('readonly', (store) => store.get(chat));
	return found && { ...found, text: localStorage.getItem(TEXT + chat) ?? '' };
}

/**
 * Removes the unfinished turn of a conversation.
 * @param {string} id the id of the turn, which another one may have followed, or undefined for any
 */
export async function end(chat, id) {
	const found = id && await run('readonly', (store) => store.get(chat));
	if (found && found.id !== id) {
		return;
	}
	localStorage.removeItem(TEXT + chat);
	await run('readwrite', (store) => store.delete(chat));
}

/** Stores the text in the composer. */
export function draft(chat, text) {
	if (text) {
		localStorage.setItem(DRAFT + chat, text);
	}
	else {
		localStorage.removeItem(DRAFT + chat);
	}
}

/** The stored text of the composer. */
export function findDraft(chat) {
	return localStorage.getItem(DRAFT + chat) ?? '';
}

async function run(mode, work) {
	const database = await open();
	try {
		return await result(work(database.transaction(STORE, mode).objectStore(STORE)));
	}
	finally {
		database.close();
	}
}

function open() {
	const request = indexedDB.open(DATABASE, 1);
	request.onupgradeneeded = () => request.result.createObjectStore(STORE);
	return result(request);
}

function result(request) {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}
