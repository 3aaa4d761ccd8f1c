/** A typed answer as a table that grows with it. */

import { element } from './dom.js';
import { language } from './i18n.js';

export class Table {

	#table = element('table');

	element = element('div', { className: 'wide', tabIndex: 0 }, this.#table);

	/** Shows the part of the table that has arrived. */
	show({ title, rows = [] }) {
		const columns = Object.keys(rows[0] ?? {});
		this.#table.replaceChildren(
				element('caption', { textContent: title ?? '' }),
				element('thead', {}, element('tr', {}, ...columns.map((column) => element('th', { scope: 'col', textContent: column,
					className: className(rows[0][column]) })))),
				element('tbody', {}, ...rows.map((row) => element('tr', {}, ...columns.map((column) => cell(row[column]))))));
	}

}

function cell(value) {
	const text = (typeof value === 'number') ? value.toLocaleString(language, { maximumFractionDigits: 6 }) : value ?? '';
	return element('td', { className: className(value), textContent: text });
}

function className(value) {
	return (typeof value === 'number') ? 'number' : '';
}
