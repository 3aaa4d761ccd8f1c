/** One answer of the model on the page, while it arrives and after. */

import { copyButton, element, fromTemplate, isWebLink, oncePerFrame } from './dom.js';
import { FunctionCalls } from './functions.js';
import { codeBlock, Markdown } from './markdown.js';
import { code, media, pretty } from './parts.js';
import { showSuggestions } from './suggestions.js';
import { Table } from './table.js';

const REASONS = {
	MAX_TOKENS: 'The answer reached its token limit',
	SAFETY: 'The safety filter ended the answer',
	RECITATION: 'The answer repeated protected material and was ended',
	BLOCKLIST: 'The answer held a forbidden word',
	PROHIBITED_CONTENT: 'The answer held prohibited content',
	SPII: 'The answer held personal data',
	IMAGE_SAFETY: 'The safety filter ended the picture',
	NO_IMAGE: 'The model drew no picture',
	MALFORMED_FUNCTION_CALL: 'The model made a function call that cannot be read'
};

/** How long thoughts stay open at least, in milliseconds, so that short ones do not just flash by. */
const LEAST_TO_READ = 1500;

export class Answer {

	/** The text that has arrived, without thoughts. */
	text = '';

	element = fromTemplate('answer-turn');

	#json;

	#past;

	#calls = null;

	#table = null;

	#started = performance.now();

	#thoughts = '';

	#thoughtsSince = 0;

	#thoughtsShown = new Markdown(this.#find('.thoughts .prose'));

	#showThoughts = oncePerFrame(() => this.#thoughtsShown.show(this.#thoughts));

	#paragraph = null;

	#sources = new Map();

	#facts = { tokens: [], notes: [] };

	/**
	 * @param {object} options
	 * @param {boolean} options.json whether the answer is a JSON document
	 * @param {boolean} options.past whether the answer arrived long ago
	 */
	constructor({ json = false, past = false }) {
		this.#json = json;
		this.#past = past;
		this.#find('.thoughts summary').addEventListener('click', () => this.#find('.thoughts').dataset.chosen = 'true');
	}

	/** Takes one event of the stream. An event of a kind that the page does not know is left out. */
	take({ type, data }) {
		switch (type) {
			case 'thought': this.#think(data.text); break;
			case 'text': this.#write(data.text); break;
			case 'inline-data': this.#append(media(data)); break;
			case 'code': this.#append(code(data)); break;
			case 'entity': this.#tabulate(data); break;
			case 'function-call': this.#call(data); break;
			case 'function-result': this.#calls?.result(data); break;
			case 'grounding': this.#cite(data); break;
			case 'usage': this.#count(data); break;
			case 'done':
			case 'error': this.#finish(data); break;
		}
		this.#find('.waiting').hidden = true;
	}

	/** Shows that the answer failed, and why. */
	fail(message) {
		this.#find('.failure').textContent = message;
		this.#find('.failure').hidden = false;
	}

	/** Shows that the user stopped the answer. */
	stop() {
		this.#facts.notes.push('Stopped, and not kept in the conversation');
	}

	/** Ends the answer, however it went. */
	end() {
		this.#find('.waiting').hidden = true;
		this.#thinkNoMore();
		this.#closeParagraph();
		this.#calls?.end();
		this.#showFacts();
		this.element.setAttribute('aria-busy', 'false');
	}

	#think(text) {
		this.#thoughts += text;
		const details = this.#find('.thoughts');
		if (details.hidden) {
			details.hidden = false;
			details.open = !this.#past;
			this.#thoughtsSince = performance.now();
		}
		this.#showThoughts();
	}

	#thinkNoMore() {
		const details = this.#find('.thoughts');
		if (!details.hidden && !details.dataset.done) {
			this.#thoughtsShown.show(this.#thoughts);
			details.dataset.done = 'true';
			details.querySelector('summary span').textContent = this.#past ? 'Thoughts' : `Thought for ${this.#seconds()}`;
			const shown = performance.now() - this.#thoughtsSince;
			setTimeout(() => details.open = Boolean(details.dataset.chosen) && details.open, LEAST_TO_READ - shown);
		}
	}

	#write(text) {
		this.#thinkNoMore();
		this.text += text;
		this.#paragraph ??= this.#openParagraph();
		this.#paragraph.text += text;
		this.#paragraph.show();
	}

	#openParagraph() {
		const target = element('div', { className: 'prose' });
		const paragraph = { text: '', target };
		if (this.#json) {
			const source = element('code');
			target.append(element('pre', {}, source));
			paragraph.draw = () => source.textContent = paragraph.text;
		}
		else {
			const markdown = new Markdown(target);
			paragraph.draw = () => markdown.show(paragraph.text);
		}
		paragraph.show = oncePerFrame(() => this.#paragraph === paragraph && paragraph.draw());
		this.#find('.body').append(target);
		return paragraph;
	}

	#closeParagraph() {
		const paragraph = this.#paragraph;
		this.#paragraph = null;
		if (paragraph && this.#json) {
			paragraph.target.replaceChildren(codeBlock(pretty(paragraph.text), 'json'));
		}
		else {
			paragraph?.draw();
		}
	}

	#call(data) {
		if (!this.#calls || this.#calls.element !== this.#find('.body').lastElementChild) {
			this.#calls?.end();
			this.#calls = new FunctionCalls();
			this.#append(this.#calls.element);
		}
		this.#calls.call(data);
	}

	#tabulate(data) {
		if (!this.#table) {
			this.#table = new Table();
			this.#append(this.#table.element);
		}
		this.text = JSON.stringify(data, null, 2);
		this.#table.show(data);
	}

	#append(node) {
		this.#thinkNoMore();
		this.#closeParagraph();
		this.#find('.body').append(node);
	}

	#cite({ groundingMetadata, sources = [] }) {
		const section = this.#find('.sources');
		for (const { uri, title } of sources) {
			if (isWebLink(uri)) {
				this.#sources.set(uri, element('li', {}, element('a', { href: uri, textContent: title || new URL(uri).host,
					target: '_blank', rel: 'noopener noreferrer' })));
			}
		}
		section.querySelector('ol').replaceChildren(...this.#sources.values());
		showSuggestions(section.querySelector('.suggestions'), groundingMetadata ?? {});
		section.hidden = this.#sources.size === 0 && section.querySelector('.suggestions').hidden;
	}

	#count(usage) {
		const counts = [
			['prompt', usage.promptTokenCount],
			['answer', usage.candidatesTokenCount],
			['thoughts', usage.thoughtsTokenCount],
			['tools', usage.toolUsePromptTokenCount],
			['cached', usage.cachedContentTokenCount],
			['total', usage.totalTokenCount]
		];
		this.#facts.tokens = counts.filter(([, count]) => count > 0);
	}

	#finish({ finishReason, finishMessage, blockReason, blockReasonMessage, modelVersion }) {
		if (blockReason) {
			this.#facts.notes.push(`The prompt was blocked (${blockReason})`);
		}
		else if (finishReason && finishReason !== 'STOP') {
			this.#facts.notes.push(`${REASONS[finishReason] ?? 'The answer ended early'} (${finishReason})`);
		}
		this.#facts.notes.push(...[blockReasonMessage, finishMessage].filter(Boolean));
		this.#facts.modelVersion = modelVersion;
	}

	#showFacts() {
		const { tokens, notes, modelVersion } = this.#facts;
		const footer = this.#find('.facts');
		this.#find('.notes').append(...notes.map((note) => element('span', { textContent: note })));
		if (tokens.length > 0) {
			const list = element('dl', { className: 'tokens', ariaLabel: 'Tokens' });
			tokens.forEach(([name, count]) => list.append(element('div', {}, element('dt', { textContent: name }),
					element('dd', { textContent: count.toLocaleString('en') }))));
			footer.append(list);
		}
		if (modelVersion) {
			footer.append(element('span', { className: 'by', textContent: `${modelVersion} · ${this.#seconds()}` }));
		}
		if (this.text) {
			footer.append(copyButton('Copy answer', () => this.text));
		}
		footer.hidden = footer.childElementCount === 0;
	}

	#seconds() {
		return `${((performance.now() - this.#started) / 1000).toFixed(1)} s`;
	}

	#find(selector) {
		return this.element.querySelector(selector);
	}

}
