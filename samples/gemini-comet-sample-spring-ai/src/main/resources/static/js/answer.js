/** One answer on the page, which grows with its events. */

import { element, fromTemplate, oncePerFrame } from './dom.js';
import { Markdown } from './markdown.js';

export class Answer {

	element = fromTemplate('answer-turn');

	text = '';

	#library;

	#markdown = new Markdown(this.#find('.body'));

	#show = oncePerFrame(() => this.#render());

	constructor(library) {
		this.#library = library;
	}

	take({ event, data }) {
		switch (event) {
			case 'passages': this.#passages(data); break;
			case 'tool': this.#call(data); break;
			case 'text': this.write(data.text); break;
			case 'done': this.#facts(data); break;
			case 'error': this.fail(data.message); break;
		}
	}

	write(text) {
		this.text += text;
		this.#find('.waiting').hidden = true;
		this.#show();
	}

	fail(message) {
		this.#find('.failure').textContent = message;
		this.#find('.failure').hidden = false;
	}

	end() {
		this.#render();
		this.#find('.waiting').hidden = true;
		this.element.ariaBusy = 'false';
	}

	#render() {
		this.#markdown.show(this.text);
		this.#library.cite(this.#find('.body'));
	}

	#passages(passages) {
		const links = passages.map((passage) => element('li', {}, this.#library.link(passage)));
		this.#find('.sources ol').replaceChildren(...links);
		this.#find('.sources').hidden = links.length === 0;
	}

	#call({ name, arguments: given, result }) {
		this.#find('.calls').append(element('p', { className: 'call' }, 'The MCP server was asked: ',
				element('code', { textContent: `${name}(${given})` }), ' → ', element('code', { textContent: result })));
	}

	#facts({ prompt, answer }) {
		if (prompt) {
			const footer = this.#find('.facts');
			footer.textContent = `${prompt} tokens in the prompt, ${answer} in the answer`;
			footer.hidden = false;
		}
	}

	#find(selector) {
		return this.element.querySelector(selector);
	}

}
