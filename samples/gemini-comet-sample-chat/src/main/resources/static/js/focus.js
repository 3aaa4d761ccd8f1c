/** Moves the focus when its element goes away, so that the keyboard does not start at the top again. */

/** The element that had the focus last, unless the visitor has left it. */
let focused = null;

/** The index of the conversation on the list whose row holds that element, or -1. */
let row = -1;

export function keepFocus() {
	document.addEventListener('focusin', ({ target }) => {
		focused = target;
		row = rows().findIndex((other) => other.contains(target));
	});
	document.addEventListener('pointerdown', ({ target }) => {
		if (!focused?.contains(target)) {
			focused = null;
		}
	});
	new MutationObserver(() => {
		const isMine = [focused, document.body].includes(document.activeElement);
		if (focused && isMine && !(focused.isConnected && !focused.closest('[hidden]'))) {
			nextPlace().focus();
		}
	}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['hidden'] });
}

function rows() {
	return [...document.querySelectorAll('#chat-list li')];
}

/** In the list of conversations the same row, or else where the conversation goes on. */
function nextPlace() {
	const neighbour = (row < 0) ? null : rows()[Math.min(row, rows().length - 1)]?.querySelector('.open');
	if (neighbour?.checkVisibility()) {
		return neighbour;
	}
	const stop = document.getElementById('stop');
	return stop.hidden ? document.getElementById(matchMedia('(pointer: fine)').matches ? 'question' : 'page') : stop;
}
