/** Saves a conversation as a Markdown file. */

import { turns } from './api.js';
import { readTurn } from './history.js';
import { t } from './i18n.js';

/** Offers a conversation as a file, with its files by name. */
export async function download({ current, title }) {
	const lines = (await turns(current)).map(readTurn).map(({ question: { text, media }, events }) => {
		const files = media.map(({ name }) => `*${name}*\n\n`).join('');
		const answer = events.filter(({ type }) => type === 'text' || type === 'entity').map(({ data }) => data.text
				?? `\`\`\`json\n${JSON.stringify(data, null, 2)}\n\`\`\``).join('');
		return `## ${t('you')}\n\n${files}${text}\n\n## Gemini\n\n${answer}\n`;
	});
	const link = document.createElement('a');
	link.href = URL.createObjectURL(new Blob([`# ${title}\n\n${lines.join('\n')}`], { type: 'text/markdown' }));
	link.download = `${title.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()}.md`;
	link.click();
	URL.revokeObjectURL(link.href);
}
