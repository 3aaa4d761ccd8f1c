/** The search suggestions that Google asks to show beside a grounded answer. */

import DOMPurify from '/webjars/dompurify/dist/purify.es.mjs';
import { element } from './dom.js';

const STYLE = /<style[^>]*>(.*?)<\/style>/gis;

const RULES = {
	FORBID_TAGS: ['style'],
	FORBID_ATTR: ['style'],
	RETURN_DOM_FRAGMENT: true
};

/**
 * Shows the suggestions with Google's own style, isolated from the style of the page, or else the searches as text.
 * @param {Element} target where to show them
 * @param {object} metadata the grounding metadata of an answer
 */
export function showSuggestions(target, { searchEntryPoint, webSearchQueries = [] }) {
	if (searchEntryPoint?.renderedContent) {
		showRendered(target, searchEntryPoint.renderedContent);
		target.hidden = false;
	}
	else if (webSearchQueries.length > 0 && !target.shadowRoot) {
		target.replaceChildren(...webSearchQueries.map((query) => element('span', { className: 'query', textContent: query })));
		target.hidden = false;
	}
}

function showRendered(target, html) {
	const sheets = [sheet('a { color: var(--accent); font-size: .875rem; }')];
	const body = html.replace(STYLE, (all, css) => {
		sheets.push(sheet(css));
		return '';
	});
	const fragment = DOMPurify.sanitize(body, RULES);
	for (const link of fragment.querySelectorAll('a')) {
		link.target = '_blank';
		link.rel = 'noopener noreferrer';
	}
	const wall = target.shadowRoot ?? target.attachShadow({ mode: 'open' });
	wall.adoptedStyleSheets = sheets;
	wall.replaceChildren(fragment);
}

/** A style element would be refused by the content security policy. */
function sheet(css) {
	const made = new CSSStyleSheet();
	made.replaceSync(css);
	return made;
}
