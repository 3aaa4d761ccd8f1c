/** Pictures that can be enlarged. */

import { element } from './dom.js';
import { t } from './i18n.js';

/** A button around a picture that shows it as large as the window. */
export function enlargeable(picture) {
	const label = `${picture.alt}. ${t('picture.enlarge')}`;
	const button = element('button', { type: 'button', className: 'picture', title: t('picture.enlarge'), ariaLabel: label }, picture);
	button.addEventListener('click', () => show(picture));
	return button;
}

function show(picture) {
	const dialog = document.getElementById('lightbox');
	const shown = dialog.querySelector('img');
	shown.src = picture.src;
	shown.alt = picture.alt;
	dialog.querySelector('a').href = picture.src;
	dialog.onclick = ({ target }) => {
		if (target === dialog) {
			dialog.close();
		}
	};
	dialog.showModal();
}
