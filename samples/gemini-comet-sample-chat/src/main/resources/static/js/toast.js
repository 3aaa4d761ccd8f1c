/** A short message that can be undone. */

import { element } from './dom.js';
import { t } from './i18n.js';

const SHOWN = 8_000;

let pending = null;

/**
 * Shows a message. Its work is done when the message goes away, unless the visitor undoes it.
 * @param {string} message the message
 * @param {Function} work does the work
 * @param {Function} undo restores what the page showed before
 */
export function announceUndoable(message, work, undo) {
	finish();
	const toast = document.getElementById('toast');
	const button = element('button', { type: 'button', textContent: t('undo') });
	button.addEventListener('click', () => {
		clearTimeout(pending?.timer);
		pending = null;
		toast.replaceChildren();
		undo();
	});
	toast.replaceChildren(element('span', { textContent: message }), button);
	pending = { work, timer: setTimeout(finish, SHOWN) };
}

/** Does the announced work now. */
export function finish() {
	if (pending) {
		clearTimeout(pending.timer);
		const { work } = pending;
		pending = null;
		document.getElementById('toast').replaceChildren();
		work();
	}
}

addEventListener('pagehide', finish);
