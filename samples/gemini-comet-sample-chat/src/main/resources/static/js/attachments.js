/** The files that go with the next question: picked, dropped or pasted. */

import { element, icon } from './dom.js';
import { t } from './i18n.js';

/** The types of files that Gemini reads; SVG is not one of them. */
const ACCEPTED = ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif', 'image/gif', 'image/avif', 'application/pdf',
	'text/plain', 'audio/wav', 'audio/x-wav', 'audio/mpeg', 'audio/mp3', 'audio/aac', 'audio/ogg', 'audio/flac', 'audio/mp4', 'audio/webm',
	'video/mp4', 'video/mpeg', 'video/quicktime', 'video/webm', 'video/x-msvideo', 'video/3gpp'];

/** The server reads bodies of up to 16 MB, in which files are a third longer. */
const MOST_BYTES = 11 * 1024 * 1024;

const MOST_FILES = 8;

export class Attachments {

	/** Resolves when all files are read; null if they are. */
	reading = null;

	#files = [];

	#previews;

	#notify;

	/**
	 * @param {Element} previews the list that shows the files
	 * @param {Function} notify shows a message to the user
	 */
	constructor(previews, notify) {
		this.#previews = previews;
		this.#notify = notify;
	}

	/** Listens to all the ways by which a file gets into the page. */
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

	/** Adds files, or says why one cannot be added. */
	add(files) {
		const added = [...files];
		const reading = Promise.resolve(this.reading).then(() => this.#read(added)).finally(() => {
			if (this.reading === reading) {
				this.reading = null;
			}
		});
		this.reading = reading;
		return reading;
	}

	async #read(files) {
		for (const file of files) {
			const size = this.#files.reduce((sum, { data }) => sum + data.length * 3 / 4, file.size);
			if (!ACCEPTED.includes(file.type)) {
				this.#notify(t('file.kind', { name: file.name }));
			}
			else if (size > MOST_BYTES) {
				this.#notify(t('file.large', { name: file.name, size: MOST_BYTES / 1024 / 1024 }));
			}
			else if (this.#files.length === MOST_FILES) {
				this.#notify(t('file.many', { count: MOST_FILES }));
			}
			else {
				const data = await base64(file).catch(() => null);
				if (data === null) {
					this.#notify(t('file.unreadable', { name: file.name }));
				}
				else {
					this.#files.push({ name: file.name, mimeType: file.type, data });
				}
			}
		}
		this.#show();
	}

	/** Returns the files and removes them from the composer. */
	take() {
		const taken = this.#files;
		this.restore([]);
		return taken;
	}

	/** Puts files back that are to be asked about again. */
	restore(files) {
		this.#files = [...files];
		this.#show();
	}

	get isEmpty() {
		return this.#files.length === 0;
	}

	#show() {
		this.#previews.replaceChildren(...this.#files.map((file, index) => {
			const label = t('remove', { name: file.name });
			const remove = element('button', { type: 'button', ariaLabel: label, title: label }, icon('close'));
			remove.addEventListener('click', () => {
				this.#files.splice(index, 1);
				this.#show();
				document.getElementById('question').focus();
			});
			return element('li', {}, preview(file), remove);
		}));
	}

}

/** A small picture of a file, or its name. */
export function preview(file) {
	if (file.mimeType.startsWith('image/')) {
		return element('img', { src: dataUrl(file), alt: file.name });
	}
	return element('span', { className: 'filename' }, icon('clip'), element('span', { textContent: file.name }));
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
