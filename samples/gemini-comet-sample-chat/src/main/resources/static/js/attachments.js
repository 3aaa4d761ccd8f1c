/** The pictures that go with the next question: picked, dropped or pasted. */

import { element } from './dom.js';

/** What Gemini reads; SVG is not among it. */
const ACCEPTED = ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif', 'image/gif', 'image/avif'];

const MOST_BYTES = 7 * 1024 * 1024;

const MOST_PICTURES = 8;

export class Attachments {

	#pictures = [];

	#previews;

	#notify;

	/**
	 * @param {Element} previews the list that shows the pictures
	 * @param {Function} notify shows a message to the user
	 */
	constructor(previews, notify) {
		this.#previews = previews;
		this.#notify = notify;
	}

	/** Listens to all the ways by which a picture gets into the page. */
	listen({ button, input, dropTarget, pasteTarget }) {
		input.accept = ACCEPTED.join();
		button.addEventListener('click', () => input.click());
		input.addEventListener('change', async () => {
			await this.add(input.files);
			input.value = '';
		});
		pasteTarget.addEventListener('paste', (event) => {
			if (event.clipboardData.files.length > 0) {
				event.preventDefault();
				this.add(event.clipboardData.files);
			}
		});
		const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
		dropTarget.addEventListener('dragover', (event) => {
			if (hasFiles(event)) {
				event.preventDefault();
				dropTarget.classList.add('dropping');
			}
		});
		dropTarget.addEventListener('dragleave', (event) => {
			if (!event.relatedTarget) {
				dropTarget.classList.remove('dropping');
			}
		});
		dropTarget.addEventListener('drop', (event) => {
			dropTarget.classList.remove('dropping');
			if (hasFiles(event)) {
				event.preventDefault();
				this.add(event.dataTransfer.files);
			}
		});
	}

	/** Adds files, or says why one is no picture for Gemini. */
	async add(files) {
		for (const file of files) {
			if (!ACCEPTED.includes(file.type)) {
				this.#notify(`${file.name} is not a picture that Gemini reads.`);
			}
			else if (file.size > MOST_BYTES) {
				this.#notify(`${file.name} is larger than ${MOST_BYTES / 1024 / 1024} MB.`);
			}
			else if (this.#pictures.length === MOST_PICTURES) {
				this.#notify(`A question takes ${MOST_PICTURES} pictures at most.`);
			}
			else {
				this.#pictures.push({ name: file.name, mimeType: file.type, data: await base64(file) });
			}
		}
		this.#show();
	}

	/** Hands the pictures over and forgets them. */
	take() {
		const taken = this.#pictures;
		this.restore([]);
		return taken;
	}

	/** Puts pictures back that could not be asked about. */
	restore(pictures) {
		this.#pictures = [...pictures];
		this.#show();
	}

	#show() {
		this.#previews.replaceChildren(...this.#pictures.map((picture, index) => {
			const remove = element('button', { type: 'button', ariaLabel: `Remove ${picture.name}`, textContent: '×' });
			remove.addEventListener('click', () => {
				this.#pictures.splice(index, 1);
				this.#show();
			});
			return element('li', {}, element('img', { src: dataUrl(picture), alt: picture.name }), remove);
		}));
	}

}

export function dataUrl({ mimeType, data }) {
	return `data:${mimeType};base64,${data}`;
}

function base64(file) {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
		reader.onerror = () => reject(reader.error);
		reader.readAsDataURL(file);
	});
}
