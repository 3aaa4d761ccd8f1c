/** Tells whether the page reaches its server, and its server the endpoint. */

import { health, info } from './api.js';
import { t } from './i18n.js';

const CHECK = 60_000;

const AGAIN = 3_000;

/** How long the server may tell an old state of the endpoint, in milliseconds. */
const CACHED = 31_000;

const SHOW_BACK = 4_000;

export class Connection {

	#badge;

	#onBack;

	#info = null;

	#timer = 0;

	#gone = false;

	/**
	 * @param {Element} badge shows the state
	 * @param {Function} onBack is called with what the server says of itself when it is there, or there again
	 */
	constructor(badge, onBack) {
		this.#badge = badge;
		this.#onBack = onBack;
		addEventListener('online', () => this.check());
		addEventListener('offline', () => this.check());
	}

	/** Checks now, and again after a while. */
	async check() {
		let next = AGAIN;
		if (!navigator.onLine) {
			this.#show('offline', 'down');
			this.#gone = true;
		}
		else if (await this.#reachServer()) {
			next = CHECK;
		}
		this.#checkAfter(next);
	}

	/** Checks in a moment, since a server that shuts down answers for a moment longer. */
	checkSoon() {
		this.#checkAfter(AGAIN);
	}

	/**
	 * Learns from an answer what the next check would tell later.
	 * @param {string} code the code of its failure, or null if it came
	 */
	learn(code) {
		const state = { null: 'up', authentication: 'refused', connection: 'down' }[code];
		if (state && this.#info && !this.#info.demo && !this.#gone) {
			this.#show(state, (state === 'up') ? 'up' : 'down');
			this.#checkAfter(CACHED);
		}
	}

	async #reachServer() {
		try {
			const first = this.#info === null;
			this.#info = await info();
			if (first || this.#gone) {
				if (this.#gone) {
					this.#show('back', 'up');
					await new Promise((resolve) => setTimeout(resolve, SHOW_BACK));
				}
				else {
					this.#show(this.#info.demo ? 'demo' : 'unknown', this.#info.demo ? 'demo' : '');
				}
				this.#gone = false;
				this.#onBack(this.#info);
			}
		}
		catch {
			this.#gone = true;
			this.#show('gone', 'down');
			return false;
		}
		await this.#checkEndpoint();
		return true;
	}

	async #checkEndpoint() {
		if (this.#info.demo) {
			this.#show('demo', 'demo');
			return;
		}
		try {
			const { status, details = {} } = await health();
			if (status === 'UP') {
				this.#show('up', 'up');
			}
			else {
				this.#show(/authentication|permission/i.test(JSON.stringify(details)) ? 'refused' : 'down', 'down', details);
			}
		}
		catch {
			this.#show('unknown', '');
		}
	}

	#checkAfter(millis) {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.check(), millis);
	}

	#show(state, kind, details) {
		const text = t(`badge.${state}`, { host: this.#info?.host ?? '' });
		if (this.#badge.textContent !== text) {
			this.#badge.textContent = text;
		}
		this.#badge.title = details ? Object.entries(details).map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join('\n') : text;
		this.#badge.dataset.kind = kind;
	}

}
