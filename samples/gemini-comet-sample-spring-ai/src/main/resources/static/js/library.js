/** The documents, and the links that lead to them. */

import { element } from './dom.js';

const CITATION = /\[([\w-]+)\]/g;

export class Library {

	#documents = new Map();

	#dialog;

	constructor(dialog) {
		this.#dialog = dialog;
	}

	/** Shows the documents on the page. */
	fill(documents, shelf) {
		documents.forEach((document) => this.#documents.set(document.name, document));
		shelf.replaceChildren(...documents.map((document) => element('li', {}, this.#button(document, document.title, ''))));
	}

	/** A link to a passage that was found. */
	link({ name, title }) {
		const link = element('a', { textContent: title, title: `[${name}]`, href: `#${name}` });
		link.addEventListener('click', (event) => {
			event.preventDefault();
			this.#open(this.#documents.get(name));
		});
		return link;
	}

	/** Makes each name of a document in brackets a button that opens it; all other brackets stay as they are. */
	cite(target) {
		const walker = document.createTreeWalker(target, NodeFilter.SHOW_TEXT);
		const found = [];
		while (walker.nextNode()) {
			if (!walker.currentNode.parentElement.closest('a, button, pre, code')) {
				found.push(walker.currentNode);
			}
		}
		found.forEach((node) => this.#citeIn(node));
	}

	#citeIn(node) {
		const pieces = [];
		let end = 0;
		for (const match of node.data.matchAll(CITATION)) {
			const cited = this.#documents.get(match[1]);
			if (cited) {
				pieces.push(node.data.slice(end, match.index), this.#button(cited, cited.name, 'cite'));
				end = match.index + match[0].length;
			}
		}
		if (pieces.length > 0) {
			node.replaceWith(...pieces, node.data.slice(end));
		}
	}

	#button(document, label, className) {
		const button = element('button', { type: 'button', textContent: label, title: document.title, className });
		button.addEventListener('click', () => this.#open(document));
		return button;
	}

	#open({ title, text }) {
		this.#dialog.querySelector('h2').textContent = title;
		this.#dialog.querySelector('p').textContent = text;
		this.#dialog.showModal();
	}

}
