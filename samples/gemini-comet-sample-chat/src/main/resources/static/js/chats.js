/**
 * The conversations of this browser. What was said is kept on the server under an id that nobody can guess; only the ids
 * and titles are kept here, so that another visitor never learns of them.
 */

import { element, icon } from './dom.js';

const KEY = 'conversations';

const CURRENT = 'conversation';

const LONGEST_TITLE = 60;

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export class Chats {

	#list;

	#onOpen;

	#onRemove;

	#known = [];

	#otherTabs = new BroadcastChannel(KEY);

	/** The conversation that the page shows; a new one is not on the list before its first answer. */
	current = newId();

	/**
	 * @param {Element} list shows the conversations
	 * @param {Function} onOpen takes the id of the conversation to show
	 * @param {Function} onRemove takes the id and title of the conversation to delete
	 * @param {Function} onChange is called when another tab has changed the conversation that the page shows
	 */
	constructor(list, onOpen, onRemove, onChange) {
		this.#list = list;
		this.#onOpen = onOpen;
		this.#onRemove = onRemove;
		this.#read();
		addEventListener('storage', () => this.#read());
		this.#otherTabs.addEventListener('message', ({ data }) => data === this.current && onChange());
	}

	get isEmpty() {
		return this.#known.length === 0;
	}

	/** The conversation that this tab showed before it was loaded again, or null. */
	get previous() {
		const id = sessionStorage.getItem(CURRENT);
		return this.#known.some((chat) => chat.id === id) ? id : null;
	}

	/** Makes this the conversation that the page shows. */
	show(id) {
		this.current = id;
		sessionStorage.setItem(CURRENT, id);
		this.#draw();
	}

	/** Lets the page show a new conversation, which the server does not know before its first question. */
	startNew() {
		this.show(newId());
	}

	/** Puts the current conversation on top of the list. */
	keep(question) {
		const title = this.#known.find((chat) => chat.id === this.current)?.title ?? shorten(question);
		this.#write([{ id: this.current, title }, ...this.#others(this.current)]);
		sessionStorage.setItem(CURRENT, this.current);
		this.#otherTabs.postMessage(this.current);
	}

	/** Takes a conversation off the list. */
	remove(id) {
		this.#write(this.#others(id));
		this.#otherTabs.postMessage(id);
	}

	#others(id) {
		return this.#known.filter((chat) => chat.id !== id);
	}

	#read() {
		try {
			const known = JSON.parse(localStorage.getItem(KEY)) ?? [];
			this.#known = known.filter(({ id, title }) => ID.test(id) && typeof title === 'string');
		}
		catch {
			this.#known = [];
		}
		this.#draw();
	}

	#write(known) {
		this.#known = known;
		localStorage.setItem(KEY, JSON.stringify(known));
		this.#draw();
	}

	#draw() {
		this.#list.replaceChildren(...this.#known.map(({ id, title }) => {
			const open = element('button', { type: 'button', className: 'open', textContent: title, title });
			open.addEventListener('click', () => this.#onOpen(id));
			if (id === this.current) {
				open.setAttribute('aria-current', 'true');
			}
			const remove = element('button', { type: 'button', className: 'remove', ariaLabel: `Delete ${title}`,
				title: 'Delete' }, icon('bin'));
			remove.addEventListener('click', () => this.#onRemove(id, title));
			return element('li', {}, open, remove);
		}));
	}

}

function newId() {
	return crypto.randomUUID();
}

function shorten(text) {
	const line = text.replace(/\s+/g, ' ').trim();
	return (line.length > LONGEST_TITLE) ? `${line.slice(0, LONGEST_TITLE)}…` : line;
}
