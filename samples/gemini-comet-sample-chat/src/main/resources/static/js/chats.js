/**
 * The conversations of this browser. Their turns are stored on the server under ids that nobody can guess; only the ids
 * and names are stored here, so that another visitor never learns of them.
 */

import { versions } from './branches.js';
import { element, icon } from './dom.js';
import { language, t } from './i18n.js';

const KEY = 'conversations';

const CURRENT = 'conversation';

const LONGEST_TITLE = 60;

const DAY = 24 * 60 * 60 * 1000;

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export class Chats {

	#list;

	#search;

	#on;

	#known = [];

	#otherTabs = new BroadcastChannel(KEY);

	/** The conversation that the page shows, or the branch of one; a new one is not on the list before its first question. */
	current = newId();

	/**
	 * @param {Element} list shows the conversations
	 * @param {Element} search takes the words to search for
	 * @param {object} on callbacks: open(id), remove(entry), exporting(entry), change()
	 */
	constructor(list, search, on) {
		this.#list = list;
		this.#search = search;
		this.#on = on;
		this.#read();
		search.addEventListener('input', () => this.#draw());
		addEventListener('storage', ({ key }) => key === KEY && this.#read());
		this.#otherTabs.addEventListener('message', ({ data }) => data === this.current && on.change());
	}

	get isEmpty() {
		return this.#known.length === 0;
	}

	/** The conversation that this tab showed before it was loaded again, or null. */
	get previous() {
		const id = sessionStorage.getItem(CURRENT);
		return this.#entry(id) ? id : null;
	}

	/** The options of the last question of the current conversation, or undefined. */
	get options() {
		return this.#entry(this.current)?.options;
	}

	/** Makes this the conversation that the page shows. */
	show(id) {
		this.current = id;
		sessionStorage.setItem(CURRENT, id);
		const entry = this.#entry(id);
		if (entry && entry.current !== id) {
			this.#change({ ...entry, current: id });
		}
		this.#draw();
	}

	/** Lets the page show a new conversation, which the server does not know before its first question. */
	startNew() {
		this.show(newId());
	}

	/** Puts the current conversation on top of the list. */
	keep({ text, media = [] }, options) {
		const entry = this.#entry(this.current) ?? { id: this.current, title: shorten(text || media[0]?.name || t('chats.unnamed')),
			branches: { [this.current]: {} } };
		this.#write([{ ...entry, current: this.current, time: Date.now(), options }, ...this.#others(entry.id)]);
		sessionStorage.setItem(CURRENT, this.current);
	}

	/** Announces to the other tabs that a conversation has another turn. */
	announceTurn(id) {
		this.#otherTabs.postMessage(id);
	}

	/** Adds a branch of the current conversation, which begins after some of its turns, and shows it. */
	branch(at, id) {
		const entry = this.#entry(this.current);
		if (entry) {
			this.#change({ ...entry, current: id, branches: { ...entry.branches, [id]: { parent: this.current, at } } });
		}
		this.current = id;
		sessionStorage.setItem(CURRENT, id);
	}

	/** The versions of a turn of the current conversation. */
	versions(turn) {
		return versions(this.#entry(this.current)?.branches ?? {}, this.current, turn);
	}

	/** Removes a conversation from the list; returns a function that puts it back. */
	remove(entry) {
		const before = this.#known;
		this.#write(this.#others(entry.id));
		return () => this.#write([...before.filter(({ id }) => id === entry.id || this.#known.some((chat) => chat.id === id))]);
	}

	#entry(id) {
		return this.#known.find((chat) => chat.branches && id in chat.branches);
	}

	#others(id) {
		return this.#known.filter((chat) => chat.id !== id);
	}

	#change(entry) {
		this.#write(this.#known.map((chat) => (chat.id === entry.id) ? entry : chat));
	}

	#read() {
		try {
			const known = JSON.parse(localStorage.getItem(KEY)) ?? [];
			this.#known = known.filter(({ id, title }) => ID.test(id) && typeof title === 'string')
				.map((chat) => ({ branches: { [chat.id]: {} }, current: chat.id, time: 0, ...chat }));
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
		const words = this.#search.value.trim().toLocaleLowerCase(language).split(/\s+/);
		const found = this.#known.filter(({ title }) => words.every((word) => title.toLocaleLowerCase(language).includes(word)));
		const groups = Map.groupBy(found, ({ time }) => group(time));
		this.#list.replaceChildren(...[...groups].flatMap(([name, chats]) => [element('h3', { textContent: t(name) }),
			element('ul', {}, ...chats.map((chat) => this.#row(chat)))]));
		this.#search.hidden = this.isEmpty;
		document.getElementById('chats-empty').hidden = found.length > 0;
		document.getElementById('chats-empty').textContent = t(this.isEmpty ? 'chats.empty' : 'chats.none');
	}

	#row(chat) {
		const { title, current } = chat;
		const open = element('button', { type: 'button', className: 'open', textContent: title, title });
		open.addEventListener('click', () => this.#on.open(current));
		if (current === this.current) {
			open.setAttribute('aria-current', 'true');
		}
		const menu = element('div', { className: 'menu', popover: 'auto', role: 'group', ariaLabel: t('chats.more', { title }) });
		const item = (name, label, className, work) => {
			const button = element('button', { type: 'button', className: `item ${className}` }, icon(name), element('span', { textContent: label }));
			button.addEventListener('click', () => {
				menu.hidePopover();
				work();
			});
			return button;
		};
		const row = element('li', {}, open);
		menu.append(item('pen', t('chats.rename'), 'rename', () => this.#rename(row, chat)),
				item('export', t('chats.export'), 'export', () => this.#on.exporting(chat)),
				item('bin', t('chats.delete'), 'remove', () => this.#on.remove(chat)));
		const more = element('button', { type: 'button', className: 'more', ariaLabel: t('chats.more', { title }), title: t('chats.more', { title }),
			popoverTargetElement: menu }, icon('more'));
		menu.addEventListener('beforetoggle', ({ newState }) => {
			if (newState === 'open') {
				const { bottom, right } = more.getBoundingClientRect();
				menu.style.top = `${Math.min(bottom, innerHeight - 150)}px`;
				menu.style.left = `${Math.max(8, Math.min(right - 160, innerWidth - 180))}px`;
			}
		});
		row.append(more, menu);
		return row;
	}

	#rename(row, chat) {
		const field = element('input', { type: 'text', className: 'name', value: chat.title, ariaLabel: t('chats.name'), maxLength: 200 });
		let done = false;
		const end = (save) => {
			if (!done) {
				done = true;
				const title = field.value.trim();
				this.#change({ ...chat, title: (save && title) || chat.title });
			}
		};
		field.addEventListener('keydown', (event) => {
			if (event.key === 'Enter' || event.key === 'Escape') {
				event.stopPropagation();
				end(event.key === 'Enter');
			}
		});
		field.addEventListener('blur', () => end(true));
		row.replaceChildren(field);
		field.focus();
		field.select();
	}

}

function group(time) {
	const today = new Date().setHours(0, 0, 0, 0);
	if (time >= today) {
		return 'chats.today';
	}
	if (time >= today - DAY) {
		return 'chats.yesterday';
	}
	return (time >= today - 7 * DAY) ? 'chats.week' : 'chats.older';
}

/** A new id of a conversation. */
export function newId() {
	return crypto.randomUUID();
}

function shorten(text) {
	const line = text.replace(/\s+/g, ' ').trim();
	return (line.length > LONGEST_TITLE) ? `${line.slice(0, LONGEST_TITLE)}…` : line;
}
