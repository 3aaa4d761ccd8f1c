/** Tells whether the page reaches its server, and its server the endpoint. */

import { health, info } from './api.js';
import { t } from './i18n.js';

/** The time between two checks, in milliseconds. */
const INTERVAL = 60_000;

/** The time between two checks while the server cannot be reached, in milliseconds. */
const INTERVAL_WHILE_GONE = 3_000;

/** How long the server caches the health of the endpoint, and a bit more, in milliseconds. */
const HEALTH_CACHE_TIME = 31_000;

/** How long the page shows that the server is back, in milliseconds. */
const BACK_TIME = 4_000;

export class Connection {

	#badge;

	#onBack;

	#info = null;

	#timer = 0;

	#gone = false;

	/**
	 * @param {Element} badge shows the state
	 * @param {Function} onBack called with the info of the server when it can be reached for the first time, or again
	 */
	constructor(badge, onBack) {
		this.#badge = badge;
		this.#onBack = onBack;
		addEventListener('online', () => this.check());
		addEventListener('offline', () => this.check());
	}

	/** Checks now, and again after a while. */
	async check() {
		let next = INTERVAL_WHILE_GONE;
		if (!navigator.onLine) {
			this.#show('offline', 'down');
			this.#gone = true;
		}
		else if (await this.#reachServer()) {
			next = INTERVAL;
		}
		this.#checkAfter(next);
	}

	/** Checks in a moment, since a server that shuts down answers for a moment longer. */
	checkSoon() {
		this.#checkAfter(INTERVAL_WHILE_GONE);
	}

	/**
	 * Shows the state of the endpoint that follows from an answer, instead of waiting for the next check.
	 * @param {string} code the code of the failure of the answer, or null if it has none
	 */
	updateFrom(code) {
		const state = { null: 'up', authentication: 'refused', connection: 'down' }[code];
		if (state && this.#info && !this.#info.demo && !this.#gone) {
			this.#show(state, (state === 'up') ? 'up' : 'down');
			this.#checkAfter(HEALTH_CACHE_TIME);
		}
	}

	async #reachServer() {
		try {
			const first = this.#info === null;
			this.#info = await info();
			if (first || this.#gone) {
				if (this.#gone) {
					this.#show('back', 'back');
					await new Promise((resolve) => setTimeout(resolve, BACK_TIME));
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
