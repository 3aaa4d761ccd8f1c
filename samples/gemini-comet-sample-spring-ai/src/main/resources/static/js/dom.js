/** Small helpers for elements. */

/** Makes an element with properties and children; text is never read as HTML. */
export function element(name, properties = {}, ...children) {
	const made = Object.assign(document.createElement(name), properties);
	made.append(...children);
	return made;
}

/** Copies a template of the page. */
export function fromTemplate(id) {
	return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

export function icon(name) {
	const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	svg.classList.add('icon');
	svg.setAttribute('aria-hidden', 'true');
	const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
	use.setAttribute('href', `#icon-${name}`);
	svg.append(use);
	return svg;
}

/** A button that puts a text on the clipboard and says so. */
export function copyButton(label, text) {
	const said = element('span', { textContent: 'Copy' });
	const button = element('button', { type: 'button', className: 'copy', title: label, ariaLabel: label }, icon('copy'), said);
	button.addEventListener('click', async () => {
		await navigator.clipboard.writeText(text());
		said.textContent = 'Copied';
		setTimeout(() => said.textContent = 'Copy', 1500);
	});
	return button;
}

/** Links of a model lead to web pages or nowhere: no javascript:, no data:. */
export function isWebLink(uri) {
	return /^https?:\/\//i.test(uri ?? '');
}

/** Runs the work once before the next frame, however often it is asked for until then. */
export function oncePerFrame(work) {
	let waiting = false;
	return () => {
		if (!waiting) {
			waiting = true;
			requestAnimationFrame(() => {
				waiting = false;
				work();
			});
		}
	};
}
