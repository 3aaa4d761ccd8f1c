/** Parts of an answer other than text. */

import { element } from './dom.js';
import { t } from './i18n.js';
import { enlargeable } from './lightbox.js';
import { codeBlock } from './markdown.js';

/** The value of a JSON document, or undefined if the text is not JSON. */
export function asJson(text) {
	try {
		return JSON.parse(text);
	}
	catch {
		return undefined;
	}
}

/** Indents a JSON document; a text that is not JSON, for example because it was cut off, stays as it is. */
export function pretty(text) {
	const value = asJson(text);
	return (value === undefined) ? text : JSON.stringify(value, null, 2);
}

/** A picture of the model, something to play, or a link that saves what the page cannot show. */
export function media({ mimeType, data }) {
	const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
	const url = URL.createObjectURL(new Blob([bytes], { type: mimeType }));
	if (/^image\/(?!svg)/.test(mimeType)) {
		return enlargeable(element('img', { src: url, alt: t('picture.model') }));
	}
	if (/^audio\/(?!l16)/i.test(mimeType)) {
		return element('audio', { src: url, controls: true });
	}
	return element('a', { className: 'file', href: url, download: 'answer', textContent: t('file.save', { type: mimeType }) });
}

/** Code that the model ran, or what it printed. */
export function code({ executableCode, codeExecutionResult }) {
	if (executableCode) {
		return labelled(t('code.runs'), codeBlock(executableCode.code ?? '', (executableCode.language ?? 'text').toLowerCase()));
	}
	const failed = codeExecutionResult.outcome !== 'OUTCOME_OK';
	const label = failed ? t('code.failed', { outcome: codeExecutionResult.outcome }) : t('code.prints');
	return labelled(label, codeBlock(codeExecutionResult.output ?? '', 'text'));
}

function labelled(label, block) {
	return element('div', { className: 'run' }, element('p', { textContent: label }), block);
}
