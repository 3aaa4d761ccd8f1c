/** Footnotes in Markdown: a mark [^1] in the text, and a paragraph that starts with [^1]: for what it says. */

const MARK = /^\[\^([^\]\s]{1,40})\](?!:)/;

const NOTE = /^\[\^([^\]\s]{1,40})\]:[ \t]*((?:[^\n]|\n(?!\n|\[\^))+)/;

/** Extensions of Marked. */
export const footnotes = [
	{
		name: 'footnote',
		level: 'block',
		tokenizer(source) {
			const match = NOTE.exec(source);
			return match ? { type: 'footnote', raw: match[0], label: match[1], tokens: this.lexer.inlineTokens(match[2]) } : undefined;
		},
		renderer(token) {
			return `<p class="footnote"><sup>${escape(token.label)}</sup> ${this.parser.parseInline(token.tokens)}</p>\n`;
		}
	},
	{
		name: 'footnote-mark',
		level: 'inline',
		start: (source) => source.indexOf('[^') < 0 ? undefined : source.indexOf('[^'),
		tokenizer(source) {
			const match = MARK.exec(source);
			return match ? { type: 'footnote-mark', raw: match[0], label: match[1] } : undefined;
		},
		renderer: ({ label }) => `<sup>${escape(label)}</sup>`
	}
];

function escape(text) {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
