/** A question and its answer on the page, while the answer arrives and after. */

import { preview } from './attachments.js';
import { link, mark, unmarked } from './citations.js';
import { act, copyButton, element, fromTemplate, isWebLink, oncePerFrame } from './dom.js';
import { describe, reason } from './failures.js';
import { FunctionCalls } from './functions.js';
import { language, t } from './i18n.js';
import { enlargeable } from './lightbox.js';
import { codeBlock, Markdown } from './markdown.js';
import { code, media, pretty } from './parts.js';
import { showSuggestions } from './suggestions.js';
import { Table } from './table.js';

/** How long thoughts stay open at least, in milliseconds, so that short ones do not just flash by. */
const LEAST_TO_READ = 1500;

/** How long nothing may arrive before the page shows that it waits, in milliseconds. */
const SHORT_WAIT = 2_000;

/** How long nothing may arrive before the page says so in words, in milliseconds. */
const LONG_WAIT = 10_000;

export class Exchange {

	/** The id of the turn, by which the server stores it only once if it is interrupted. */
	id;

	/** The text that has arrived, without thoughts. */
	text = '';

	/** The tokens of the whole turn. */
	totalTokens = 0;

	/** The cost of the turn; null if no prices are set. */
	cost = null;

	/** Why the answer ended; null while it arrives, or if it failed. */
	finishReason = null;

	element = fromTemplate('turn');

	#answer = this.element.querySelector('.answer');

	#json;

	#past;

	#approvals;

	#calls = null;

	#table = null;

	#started = performance.now();

	#thoughts = '';

	#thoughtsSince = 0;

	#thoughtsShown = new Markdown(this.#find('.thoughts .prose'));

	#showThoughts = oncePerFrame(() => this.#thoughtsShown.show(this.#thoughts));

	#paragraph = null;

	#paragraphs = [];

	#sources = [];

	#supports = [];

	#sourceOfChunk = [];

	#facts = { tokens: [], notes: [] };

	#countdown = 0;

	#waits = [];

	/**
	 * @param {object} question what was asked: text, media and options
	 * @param {object} options
	 * @param {string} options.id the id of the turn
	 * @param {boolean} options.json whether the answer is a JSON document
	 * @param {boolean} options.past whether the answer arrived long ago
	 * @param {object} options.approvals takes the decisions about function calls
	 */
	constructor(question, { id = crypto.randomUUID(), json = false, past = false, approvals = null } = {}) {
		this.id = id;
		this.question = question;
		this.#json = json;
		this.#past = past;
		this.#approvals = approvals;
		this.#find('.said').textContent = question.text ?? '';
		this.#find('.said').hidden = !question.text;
		this.#find('.pictures').append(...(question.media ?? []).map((file) => {
			const shown = preview(file);
			return element('li', {}, (shown.localName === 'img') ? enlargeable(shown) : shown);
		}));
		this.#find('.thoughts summary').addEventListener('click', () => this.#find('.thoughts').dataset.chosen = 'true');
		this.#wait(0);
	}

	/** Takes one event of the stream. Events of unknown types are ignored. */
	take({ type, data }) {
		switch (type) {
			case 'thought': this.#think(data.text ?? ''); break;
			case 'text': this.#write(unmarked(data.text)); break;
			case 'inline-data': this.#append(media(data)); break;
			case 'code': this.#append(code(data)); break;
			case 'entity': this.#tabulate(data); break;
			case 'function-call': this.#call(data); break;
			case 'function-result': this.#calls?.result(data); break;
			case 'grounding': this.#cite(data); break;
			case 'usage': this.#count(data); break;
			case 'done': this.#finish(data); break;
		}
		this.#wait(SHORT_WAIT);
	}

	/** Shows that the connection is back. */
	goOn() {
		this.#wait(SHORT_WAIT);
	}

	/** Shows that the connection is lost. */
	reconnect() {
		this.#waitFor('reconnecting');
	}

	/** Shows that the answer is being stopped. */
	showStopping() {
		if (this.#answer.getAttribute('aria-busy') === 'true') {
			this.#waitFor('stopping');
		}
	}

	/** Shows that the answer failed, and what can be done; returns what happened in words. */
	fail(failure) {
		const isCut = Boolean(this.text) && ['connection', 'protocol', 'unreachable', 'server', 'shutdown', 'stream-lost', 'stream-expired'].includes(failure.code);
		const { what, todo } = describe(isCut ? { ...failure, code: 'cut' } : failure);
		const section = this.#find('.failure');
		section.querySelector('.what').textContent = what;
		section.querySelector('.do').textContent = todo ?? '';
		const details = section.querySelector('details');
		details.hidden = !failure.details;
		details.querySelector('p').textContent = failure.details ?? '';
		section.hidden = false;
		return what;
	}

	/** Adds a remark below the answer. */
	note(text) {
		this.#find('.notes').append(element('span', { textContent: text }));
	}

	/** Ends the answer, whatever its outcome. */
	end() {
		this.#waits.forEach(clearTimeout);
		this.#find('.waiting').hidden = true;
		this.#thinkNoMore();
		this.#closeParagraph();
		this.#linkSources();
		this.#calls?.end();
		this.#showFacts();
	}

	/**
	 * Offers the actions for the question and the answer, which is complete or failed.
	 * @param {object} actions edit(), and any of retry(), regenerate() and proceed()
	 * @param {number} wait the seconds until another try is worth it
	 */
	offer({ edit, retry, regenerate, proceed }, wait = 0) {
		clearInterval(this.#countdown);
		this.#find('.question .edit').onclick = edit;
		const acts = this.#answer.querySelector('.acts');
		const buttons = [];
		if (retry) {
			const button = act('again', t('retry'), retry);
			button.classList.add('retry');
			this.#countDown(button, wait);
			buttons.push(button);
		}
		if (proceed) {
			const button = act('down', t('continue'), proceed);
			button.classList.add('proceed');
			buttons.push(button);
		}
		if (regenerate) {
			const button = act('again', t('regenerate'), regenerate);
			button.classList.add('regenerate');
			buttons.push(button);
		}
		if (this.text) {
			buttons.push(copyButton(t('copy.answer'), () => this.text));
		}
		acts.replaceChildren(...buttons);
		acts.hidden = buttons.length === 0;
		this.#answer.setAttribute('aria-busy', 'false');
	}

	/** Shows which version of the turn this is, and leads to the others. */
	showVersions({ ids, index }, open) {
		const versions = this.#find('.versions');
		versions.hidden = ids.length < 2;
		versions.querySelector('.count').textContent = `${index + 1}/${ids.length}`;
		versions.querySelector('.count').title = t('version', { number: index + 1, count: ids.length });
		const step = (selector, to) => {
			const button = versions.querySelector(selector);
			button.disabled = !(to in ids);
			button.onclick = () => open(ids[to]);
		};
		step('.previous', index - 1);
		step('.next', index + 1);
	}

	/** Shows that nothing arrives, if that lasts. */
	#wait(patience) {
		const waiting = this.#find('.waiting');
		const words = waiting.querySelector('span');
		this.#waits.forEach(clearTimeout);
		waiting.hidden = patience > 0;
		words.textContent = '';
		this.#waits = this.#past ? [] : [setTimeout(() => waiting.hidden = false, patience),
			setTimeout(() => words.textContent = t(this.text ? 'waiting.rest' : 'waiting.first'), LONG_WAIT)];
	}

	#waitFor(reason) {
		this.#wait(0);
		this.#waits.forEach(clearTimeout);
		this.#find('.waiting').hidden = false;
		this.#find('.waiting span').textContent = t(reason);
	}

	#countDown(button, wait) {
		const label = button.querySelector('span');
		const until = performance.now() + wait * 1000;
		const show = () => {
			const left = Math.ceil((until - performance.now()) / 1000);
			button.disabled = left > 0;
			label.textContent = (left > 0) ? t('retry.in', { time: duration(left) }) : t('retry');
			if (left <= 0) {
				clearInterval(this.#countdown);
			}
		};
		if (wait > 0) {
			this.#countdown = setInterval(show, 250);
			show();
		}
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
			details.querySelector('summary span').textContent = this.#past ? t('thoughts.past') : t('thoughts.done', { time: this.#seconds() });
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
		const paragraph = { text: '', target, start: this.text.length };
		if (this.#json) {
			const source = element('code');
			target.append(element('pre', {}, source));
			paragraph.draw = () => source.textContent = paragraph.text;
		}
		else {
			const markdown = new Markdown(target);
			paragraph.draw = (ended = false, text = paragraph.text) => markdown.show(text, ended);
		}
		paragraph.show = oncePerFrame(() => this.#paragraph === paragraph && paragraph.draw());
		this.#paragraphs.push(paragraph);
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
			paragraph?.draw(true);
		}
	}

	#call(data) {
		if (!this.#calls || this.#calls.element !== this.#find('.body').lastElementChild) {
			this.#calls?.end();
			this.#calls = new FunctionCalls(this.#past ? null : this.#approvals);
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
		for (const { uri, title } of sources) {
			if (isWebLink(uri) && !this.#sources.some((source) => source.uri === uri)) {
				this.#sources.push({ uri, title: title || new URL(uri).host });
			}
		}
		const { groundingChunks = [], groundingSupports = [] } = groundingMetadata ?? {};
		groundingChunks.forEach(({ web, maps }, index) => {
			const number = this.#sources.findIndex(({ uri }) => uri === (web?.uri ?? maps?.uri)) + 1;
			this.#sourceOfChunk[index] = number || undefined;
		});
		this.#supports.push(...groundingSupports);
		const section = this.#find('.sources');
		section.querySelector('ol').replaceChildren(...this.#sources.map(({ uri, title }) => element('li', {}, element('a', { href: uri,
			textContent: title, target: '_blank', rel: 'noopener noreferrer' }))));
		showSuggestions(section.querySelector('.suggestions'), groundingMetadata ?? {});
		section.hidden = this.#sources.length === 0 && section.querySelector('.suggestions').hidden;
	}

	/** The places are counted in the text of the whole answer, so it must be in one piece. */
	#linkSources() {
		const [paragraph, another] = this.#paragraphs;
		if (this.#supports.length > 0 && paragraph && !another && !this.#json) {
			paragraph.draw(true, mark(paragraph.text, this.#supports, (chunk) => this.#sourceOfChunk[chunk]));
			link(paragraph.target, this.#sources);
		}
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
		this.#facts.tokens = counts.filter(([, count]) => count > 0).map(([name, count]) => [name, count.toLocaleString(language)]);
		this.totalTokens = usage.totalTokenCount ?? 0;
		if (usage.cost !== undefined) {
			this.cost = usage.cost;
			this.#facts.tokens.push(['cost', amount(usage.cost)]);
		}
	}

	#finish({ finishReason, finishMessage, modelVersion }) {
		this.finishReason = finishReason ?? 'STOP';
		if (finishReason && finishReason !== 'STOP') {
			this.note(reason(finishReason));
		}
		if (finishMessage) {
			this.note(finishMessage);
		}
		this.#facts.modelVersion = modelVersion;
	}

	#showFacts() {
		const { tokens, modelVersion } = this.#facts;
		const footer = this.#find('.facts');
		if (tokens.length > 0) {
			const list = element('dl', { className: 'tokens', ariaLabel: t('tokens') });
			tokens.forEach(([name, count]) => list.append(element('div', {}, element('dt', { textContent: t(`tokens.${name}`) }),
					element('dd', { textContent: count }))));
			footer.append(list);
		}
		if (modelVersion) {
			footer.append(element('span', { className: 'by', textContent: `${modelVersion} · ${this.#seconds()}` }));
		}
		footer.hidden = footer.childElementCount === 0;
	}

	#seconds() {
		return `${((performance.now() - this.#started) / 1000).toLocaleString(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 })} s`;
	}

	#find(selector) {
		return this.element.querySelector(selector);
	}

}

/** An amount of money in the currency of the prices, which the page does not know. */
export function amount(cost) {
	return cost.toLocaleString(language, (cost < 1) ? { maximumSignificantDigits: 3 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function duration(seconds) {
	const minutes = Math.floor(seconds / 60);
	return (minutes > 0) ? `${minutes}:${String(seconds % 60).padStart(2, '0')}` : `${seconds} s`;
}
