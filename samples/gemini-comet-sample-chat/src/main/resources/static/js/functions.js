/** The functions that the model calls, each as a card with its arguments, approval and result. */

import { element, icon } from './dom.js';
import { t } from './i18n.js';

export class FunctionCalls {

	element = element('div', { className: 'calls' });

	#waiting = [];

	#approvals;

	/**
	 * @param {object} approvals knows which functions wait for the visitor, and takes decisions; null if none waits any more
	 */
	constructor(approvals) {
		this.#approvals = approvals;
	}

	/** Shows a call that waits for its result. */
	call({ id, name, args = {} }) {
		const answer = element('div', { className: 'result' });
		const card = element('div', { className: 'call', role: 'group', ariaLabel: t('call', { name, args: Object.values(args).map(text).join(', ') }),
			ariaBusy: 'true' }, element('h3', {}, icon('function'), element('code', { textContent: name })), values(args), answer);
		this.#pend(answer, t('call.running'));
		if (this.#approvals?.has(name)) {
			this.#ask(answer, id ?? name);
		}
		this.element.append(card);
		this.#waiting.push({ id, name, card, answer });
	}

	/** Shows the result on its call: the one with its id, or else the first one with its name. */
	result({ id, name, response = {} }) {
		const index = this.#waiting.findIndex((call) => (id ? call.id === id : call.name === name));
		if (index >= 0) {
			const [{ card, answer }] = this.#waiting.splice(index, 1);
			card.classList.toggle('failed', 'error' in response);
			answer.replaceChildren(values(response));
			card.ariaBusy = 'false';
		}
	}

	/** Ends the calls without a result. */
	end() {
		for (const { card, answer } of this.#waiting.splice(0)) {
			this.#pend(answer, t('call.none'));
			card.ariaBusy = 'false';
		}
	}

	#pend(answer, text) {
		answer.replaceChildren(element('span', { className: 'pending', textContent: text }));
	}

	#ask(answer, call) {
		const decision = (label, className, approved) => {
			const button = element('button', { type: 'button', className, textContent: label });
			button.addEventListener('click', async () => {
				this.#pend(answer, t('call.running'));
				await this.#approvals.decide(call, approved);
			});
			return button;
		};
		answer.replaceChildren(element('p', { className: 'pending', textContent: t('call.ask') }), element('div', { className: 'decision' },
				decision(t('call.approve'), 'approve', true), decision(t('call.refuse'), 'refuse', false)));
	}

}

function values(object) {
	return element('dl', {}, ...Object.entries(object).map(([name, value]) => element('div', {},
			element('dt', { textContent: name }), element('dd', { textContent: text(value) }))));
}

function text(value) {
	return (typeof value === 'object') ? JSON.stringify(value) : String(value);
}
