/** Numbered links to the sources at the places in the text that they support. */

import { element, isWebLink } from './dom.js';
import { t } from './i18n.js';

const START = '\uE000';

const END = '\uE001';

const MARKS = /\uE000(\d+)\uE001/g;

/** The last one of the control characters and the space. */
const SPACE = 0x20;

const encoder = new TextEncoder();

const decoder = new TextDecoder();

/**
 * Marks the places in a text that sources support.
 * @param {string} text the text of the answer
 * @param {Array} supports the grounding supports, whose segments end at a byte of the text
 * @param {Function} number tells the number of the source of a grounding chunk, or undefined
 */
export function mark(text, supports, number) {
	const bytes = encoder.encode(text);
	const marks = new Map();
	for (const { segment, groundingChunkIndices = [] } of supports) {
		const end = beforeSpace(bytes, Math.min(segment?.endIndex ?? 0, bytes.length));
		if (end > 0) {
			const numbers = marks.get(end) ?? new Set();
			groundingChunkIndices.map(number).filter(Boolean).forEach((source) => numbers.add(source));
			marks.set(end, numbers);
		}
	}
	let marked = '';
	let from = 0;
	for (const end of [...marks.keys()].sort((a, b) => a - b)) {
		marked += decoder.decode(bytes.slice(from, end)) + [...marks.get(end)].map((source) => START + source + END).join('');
		from = end;
	}
	return marked + decoder.decode(bytes.slice(from));
}

/** A mark at the start of a line would come before the characters that make the line a heading or an item of a list. */
function beforeSpace(bytes, end) {
	let last = end - 1;
	while (bytes[last] <= SPACE) {
		last--;
	}
	return last + 1;
}

/** Removes what looks like a mark, since only this page sets them. */
export function unmarked(text) {
	return text.replace(/[\uE000\uE001]/g, '');
}

/** Turns the marks below an element into links. */
export function link(root, sources) {
	const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
	const nodes = [];
	while (walker.nextNode()) {
		if (walker.currentNode.data.includes(START)) {
			nodes.push(walker.currentNode);
		}
	}
	for (const node of nodes) {
		const pieces = node.data.split(MARKS);
		node.replaceWith(...pieces.map((piece, index) => (index % 2 === 0) ? piece : citation(sources[piece - 1], piece)));
	}
}

function citation(source, number) {
	if (!source || !isWebLink(source.uri)) {
		return '';
	}
	const label = t('source', { number, title: source.title });
	return element('sup', { className: 'cite' }, element('a', { href: source.uri, textContent: number, title: label, ariaLabel: label,
		target: '_blank', rel: 'noopener noreferrer' }));
}
