/** Shows the Markdown of a model. A model repeats what it has read, so nothing it writes is trusted. */

import { Marked } from '/webjars/marked/lib/marked.esm.js';
import DOMPurify from '/webjars/dompurify/dist/purify.es.mjs';
import { copyButton, element, isWebLink } from './dom.js';

const marked = new Marked({
	gfm: true,
	breaks: true,
	renderer: {
		checkbox: ({ checked }) => (checked ? '☑ ' : '☐ ')
	}
});

const purify = DOMPurify();

const RULES = {
	USE_PROFILES: { html: true },
	FORBID_TAGS: ['style', 'form', 'input', 'button', 'select', 'textarea', 'audio', 'video', 'picture', 'source', 'dialog'],
	FORBID_ATTR: ['style', 'id', 'name', 'srcset'],
	RETURN_DOM_FRAGMENT: true
};

purify.addHook('uponSanitizeAttribute', (node, attribute) => {
	if (attribute.attrName === 'class' && !/^language-[\w+#-]+$/.test(attribute.attrValue)) {
		attribute.keepAttr = false;
	}
});

purify.addHook('afterSanitizeAttributes', (node) => {
	if (node.nodeName === 'A') {
		if (!isWebLink(node.href)) {
			node.removeAttribute('href');
		}
		node.target = '_blank';
		node.rel = 'noopener noreferrer nofollow';
	}
	if (node.nodeName === 'IMG' && !/^data:image\//i.test(node.getAttribute('src') ?? '')) {
		// A picture from another site would reveal the conversation to it: show a link instead.
		const link = element('a', { textContent: node.alt || 'picture', target: '_blank', rel: 'noopener noreferrer nofollow' });
		if (isWebLink(node.getAttribute('src'))) {
			link.href = node.getAttribute('src');
		}
		node.replaceWith(link);
	}
});

/**
 * Text in Markdown that grows. Blocks that did not change since the last time keep their elements, so the work per update
 * does not grow with the answer, and a selection in the text above survives.
 */
export class Markdown {

	#target;

	#blocks = [];

	constructor(target) {
		this.#target = target;
	}

	show(text) {
		const tokens = marked.lexer(text);
		const same = this.#blocks.findIndex((block, i) => block.raw !== tokens[i]?.raw);
		const kept = (same < 0) ? this.#blocks.length : same;
		this.#blocks.splice(kept).forEach((block) => block.nodes.forEach((node) => node.remove()));
		for (const token of tokens.slice(kept)) {
			const fragment = purify.sanitize(marked.parser([token]), RULES);
			fragment.querySelectorAll('pre > code').forEach(dressCode);
			fragment.querySelectorAll('table').forEach(dressTable);
			this.#blocks.push({ raw: token.raw, nodes: [...fragment.childNodes] });
			this.#target.append(fragment);
		}
	}

}

/** A block of code gets the name of its language and a button that copies it. */
function dressCode(code) {
	const language = /language-(\S+)/.exec(code.className)?.[1] ?? '';
	const frame = element('figure', { className: 'code' });
	const title = element('figcaption', {}, element('span', { textContent: language || 'text' }),
			copyButton('Copy code', () => code.textContent));
	code.parentElement.replaceWith(frame);
	code.parentElement.tabIndex = 0;
	frame.append(title, code.parentElement);
}

/** A wide table scrolls by itself, not with the page. */
function dressTable(table) {
	const frame = element('div', { className: 'wide', tabIndex: 0 });
	table.replaceWith(frame);
	frame.append(table);
}
