/** Reads the turns of a conversation as the server stores them: as contents of the API. */

import { t } from './i18n.js';
import { asJson } from './parts.js';

/**
 * A turn as the page shows it: the question, and the answer as the events in which it arrived.
 * @param {object} turn a turn of the conversation
 */
export function readTurn({ id, contents = [], totalUsage, totalCost }) {
	const parts = contents.flatMap(({ role, parts = [] }) => parts.map((part) => ({ role, part })));
	const asked = parts.filter(({ role, part }) => role === 'user' && !part.functionResponse).map(({ part }) => part);
	const said = parts.filter(({ role, part }) => role !== 'user' || part.functionResponse).map(({ part }) => part);
	const value = asJson(join(said.filter((part) => !part.thought)));
	const table = Array.isArray(value?.rows);
	return {
		question: {
			text: join(asked),
			media: asked.filter((part) => part.inlineData).map(({ inlineData: { mimeType, data } }) => ({ mimeType, data,
				name: mimeType.startsWith('image/') ? t('picture') : mimeType }))
		},
		json: typeof value === 'object',
		isInterrupted: id?.startsWith('interrupted-') ?? false,
		events: [
			...said.flatMap((part) => [...events(part)]).filter(({ type }) => !table || type !== 'text'),
			...(table ? [{ type: 'entity', data: value }] : []),
			...(totalUsage ? [{ type: 'usage', data: { ...totalUsage, cost: totalCost } }] : [])
		]
	};
}

function join(parts) {
	return parts.map((part) => part.text ?? '').join('');
}

function* events({ thought, text, inlineData, functionCall, functionResponse, executableCode, codeExecutionResult }) {
	if (text) {
		yield { type: thought ? 'thought' : 'text', data: { text } };
	}
	if (inlineData && !thought) {
		yield { type: 'inline-data', data: inlineData };
	}
	if (functionCall) {
		yield { type: 'function-call', data: functionCall };
	}
	if (functionResponse) {
		yield { type: 'function-result', data: functionResponse };
	}
	if (executableCode || codeExecutionResult) {
		yield { type: 'code', data: { executableCode, codeExecutionResult } };
	}
}
