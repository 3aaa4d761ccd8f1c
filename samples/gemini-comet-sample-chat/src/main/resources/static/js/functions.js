/** The functions that the model calls, each as a card: what it asks for, and what it gets. */

import { element, icon } from './dom.js';

export class FunctionCalls {

	element = element('div', { className: 'calls' });

	#waiting = [];

	/** Shows a call that waits for its result. */
	call({ id, name, args = {} }) {
		const answer = element('div', { className: 'result' }, element('span', { className: 'pending', textContent: 'Running …' }));
		const card = element('section', { className: 'call', ariaLabel: `Function ${name}`, ariaBusy: 'true' },
				element('h3', {}, icon('function'), element('code', { textContent: name })), values(args), answer);
		this.element.append(card);
		this.#waiting.push({ id, name, card, answer });
	}

	/** Shows the result on its call: the one with its id, or else the first one with its name. Tells whether there was one. */
	result({ id, name, response = {} }) {
		const index = this.#waiting.findIndex((call) => (id ? call.id === id : call.name === name));
		if (index < 0) {
			return false;
		}
		const [{ card, answer }] = this.#waiting.splice(index, 1);
		card.classList.toggle('failed', 'error' in response);
		answer.replaceChildren(values(response));
		card.ariaBusy = 'false';
		return true;
	}

	/** Nothing more comes. */
	end() {
		for (const { card, answer } of this.#waiting.splice(0)) {
			answer.replaceChildren(element('span', { className: 'pending', textContent: 'No result' }));
			card.ariaBusy = 'false';
		}
	}

}

function values(object) {
	return element('dl', {}, ...Object.entries(object).map(([name, value]) => element('div', {},
			element('dt', { textContent: name }),
			element('dd', { textContent: (typeof value === 'object') ? JSON.stringify(value) : String(value) }))));
}
