/** A short message that can be undone. */

import { element } from './dom.js';
import { t } from './i18n.js';

const SHOWN = 8_000;

let pending = null;

/**
 * Shows a message. What it announces is done when the message goes away, unless the visitor undoes it.
 * @param {string} message the message
 * @param {Function} work what is to be done
 * @param {Function} undo puts back what the page shows already
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

/** Does now what has been announced. */
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
