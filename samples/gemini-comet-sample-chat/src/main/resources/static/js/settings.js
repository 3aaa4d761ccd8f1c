/** The settings for all questions, stored in this browser. */

const KEY = 'settings';

export class Settings {

	#dialog;

	#form;

	constructor(dialog, button) {
		this.#dialog = dialog;
		this.#form = dialog.querySelector('form');
		this.#read();
		button.addEventListener('click', () => dialog.showModal());
		dialog.addEventListener('click', ({ target }) => (target === dialog) && dialog.close());
		for (const type of ['input', 'change']) {
			this.#form.addEventListener(type, () => this.#apply());
		}
	}

	/** The settings to send with each question, without those that are not set or not valid. */
	get chosen() {
		const { system, temperature, maxOutputTokens, safety } = this.#form.elements;
		const number = (field) => (field.value !== '' && field.validity.valid) ? Number(field.value) : undefined;
		return {
			system: system.value.trim() || undefined,
			temperature: number(temperature),
			maxOutputTokens: number(maxOutputTokens),
			safety: safety.value || undefined
		};
	}

	#read() {
		try {
			const kept = JSON.parse(localStorage.getItem(KEY)) ?? {};
			for (const [name, value] of Object.entries(kept)) {
				if (this.#form.elements[name]) {
					this.#form.elements[name].value = value;
				}
			}
		}
		catch {
			localStorage.removeItem(KEY);
		}
		this.#apply();
	}

	#apply() {
		const values = Object.fromEntries(new FormData(this.#form));
		localStorage.setItem(KEY, JSON.stringify(values));
		document.documentElement.dataset.theme = values.theme;
	}

}
