/** Formulas between dollar signs, as models write them. Shown as MathML, which needs neither fonts nor styles. */

import katex from '/webjars/katex/dist/katex.mjs';

const BLOCK = /^(?:\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\])/;

const INLINE = /^(?:\$\$([^$]+?)\$\$|\$(?!\s)((?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d)|\\\((.+?)\\\))/;

/** Extensions of Marked. They leave elements that {@link showFormulas} fills after the text was cleaned. */
export const formulas = [
	{
		name: 'formula-block',
		level: 'block',
		start: (source) => source.search(/\$\$|\\\[/) < 0 ? undefined : source.search(/\$\$|\\\[/),
		tokenizer(source) {
			const match = BLOCK.exec(source);
			return match ? { type: 'formula-block', raw: match[0], tex: match[1] ?? match[2] } : undefined;
		},
		renderer: ({ tex }) => `<div data-tex="${escape(tex)}"></div>\n`
	},
	{
		name: 'formula',
		level: 'inline',
		start: (source) => source.search(/\$|\\\(/) < 0 ? undefined : source.search(/\$|\\\(/),
		tokenizer(source) {
			const match = INLINE.exec(source);
			return match ? { type: 'formula', raw: match[0], tex: match[1] ?? match[2] ?? match[3] } : undefined;
		},
		renderer: ({ tex }) => `<span data-tex="${escape(tex)}"></span>`
	}
];

/** Shows the formulas of a text; anything that is not a formula stays as it was written. */
export function showFormulas(fragment) {
	for (const node of fragment.querySelectorAll('[data-tex]')) {
		katex.render(node.dataset.tex, node, {
			output: 'mathml', displayMode: node.localName === 'div', throwOnError: false, trust: false, strict: 'ignore', maxExpand: 200
		});
		node.className = 'formula';
	}
}

function escape(text) {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
