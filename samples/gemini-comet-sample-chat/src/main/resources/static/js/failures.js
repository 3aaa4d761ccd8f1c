/** Failures, in words for the visitor. */

import { has, t } from './i18n.js';

/** Failures after which the same question may succeed. */
const WORTH_A_RETRY = new Set(['rate-limit', 'connection', 'server', 'busy', 'timeout', 'protocol', 'shutdown', 'unreachable', 'cut',
	'chat', 'chat-conflict', 'response-mismatch', 'internal', 'lost', 'quota', 'budget', 'authentication', 'permission', 'model-not-found',
	'no-text', 'no-media', 'too-many-rounds', 'cancelled', 'stream-lost', 'stream-expired']);

/** A failure of a request to the server of this page. */
export class Failure extends Error {

	/**
	 * @param {string} code the code of the failure
	 * @param {string} details what the server said
	 * @param {number} retryAfter the seconds to wait, or undefined
	 */
	constructor(code, details, retryAfter) {
		super(details || code);
		this.code = code;
		this.details = details;
		this.retryAfter = retryAfter;
	}

	static of(failure) {
		return (failure instanceof Failure) ? failure : new Failure('internal', failure.message);
	}

}

/**
 * Describes a failure.
 * @returns {object} what happened, what to do, and whether to offer another try
 */
export function describe({ code, finishReason, blockReason }) {
	if (blockReason) {
		return { what: t('reason.blocked'), todo: t('failure.blocked').split('|')[1], retry: false };
	}
	if (finishReason && finishReason !== 'STOP') {
		return { what: reason(finishReason), todo: t(has(`failure.${code}`) ? `failure.${code}` : 'failure.internal').split('|')[1],
			retry: finishReason !== 'PROHIBITED_CONTENT' };
	}
	const [what, todo] = t(has(`failure.${code}`) ? `failure.${code}` : 'failure.internal').split('|');
	return { what, todo, retry: WORTH_A_RETRY.has(code) };
}

/** Why an answer ended early. */
export function reason(finishReason) {
	return t(has(`reason.${finishReason}`) ? `reason.${finishReason}` : 'reason.other');
}
