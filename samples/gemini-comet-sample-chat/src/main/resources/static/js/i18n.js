/** The texts of the page in the language of the browser, English if it has another one. */

import en from './texts/en.js';
import vi from './texts/vi.js';
import zh from './texts/zh-TW.js';

const texts = choose(navigator.languages ?? [navigator.language]);

/** The language of the page, for numbers and dates too. */
export const language = texts.lang;

/**
 * A text of the page.
 * @param {string} key the key
 * @param {object} values the values of the placeholders in braces
 */
export function t(key, values = {}) {
	return (texts[key] ?? en[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? '');
}

/** Whether there is a text for a key. */
export function has(key) {
	return key in en;
}

/** Fills in the texts of elements: their content, or an attribute of theirs. */
export function localize(root = document) {
	for (const node of root.querySelectorAll('[data-t]')) {
		node.textContent = t(node.dataset.t);
	}
	for (const node of root.querySelectorAll('[data-label]')) {
		node.setAttribute('aria-label', t(node.dataset.label));
	}
	for (const node of root.querySelectorAll('[data-hint]')) {
		node.title = t(node.dataset.hint);
	}
	for (const node of root.querySelectorAll('[data-placeholder]')) {
		node.placeholder = t(node.dataset.placeholder);
	}
	for (const template of root.querySelectorAll('template')) {
		localize(template.content);
	}
}

function choose(languages) {
	for (const tag of languages) {
		const code = tag.toLowerCase();
		if (code.startsWith('en')) {
			return en;
		}
		if (code.startsWith('vi')) {
			return vi;
		}
		if (/^zh.*(hant|tw|hk|mo)/.test(code)) {
			return zh;
		}
	}
	return en;
}
