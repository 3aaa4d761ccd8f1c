/** Model, thinking and switches of the composer. */

import { models } from './api.js';
import { element } from './dom.js';

const OTHER = 'other';

/** Gemini 3 takes a level, Gemini 2.5 a budget, the others neither. */
export function thinkingControl(model) {
	const id = model.replace(/^models\//, '');
	if (/^gemini-3(?!\d)/.test(id)) {
		return 'level';
	}
	return /^gemini-2\.5-(?!.*(image|tts))/.test(id) ? 'budget' : 'none';
}

export class Options {

	#form;

	#model = document.getElementById('model');

	#defaultModel = '';

	#otherModel = document.getElementById('other-model-id');

	constructor(form) {
		this.#form = form.elements;
		this.#model.addEventListener('change', () => {
			this.#follow();
			if (this.#model.value === OTHER) {
				this.#otherModel.focus();
			}
		});
		this.#otherModel.addEventListener('input', () => this.#follow());
		form.addEventListener('change', ({ target }) => {
			if (target.name === 'features' && target.checked) {
				this.#switchOffBeside(target.value);
			}
		});
		this.#form.thinkingBudget.addEventListener('change', () => this.#follow());
		this.#form.thinkingTokens.addEventListener('input', () => this.#follow());
	}

	/** Fills the list of models; without a list the default and any other id can still be asked. */
	async load(defaultModel) {
		this.#defaultModel = defaultModel;
		this.#list([defaultModel], defaultModel);
		this.#list([...new Set([defaultModel, ...await models()])].sort(), defaultModel);
	}

	/**
	 * Switches one feature on and the others off; whether thoughts are shown stays as it is. The feature "image" is a
	 * model that draws.
	 */
	switchTo(feature) {
		for (const box of this.#form.features) {
			if (box.value !== 'thoughts') {
				box.checked = box.value === feature;
			}
		}
		if ((feature === 'image') !== this.#modelId.includes('-image')) {
			const ids = [...this.#model.options].map((option) => option.value);
			const drawing = ids.filter((id) => id.includes('-image'));
			this.#model.value = (feature === 'image') ? drawing.at(-1) ?? this.#model.value : this.#defaultModel;
			this.#follow();
		}
	}

	/** The options as the server takes them; what is not chosen is not sent. */
	get chosen() {
		const control = thinkingControl(this.#modelId);
		const features = [...this.#form.features].filter((box) => box.checked).map((box) => box.value);
		return {
			model: this.#modelId || undefined,
			thinkingLevel: (control === 'level' && this.#form.thinkingLevel.value) || undefined,
			thinkingBudget: (control === 'budget') ? this.#budget : undefined,
			features: [
				...features.filter((feature) => feature !== 'thoughts' || control !== 'none'),
				...(this.#modelId.includes('-image') ? ['image'] : [])
			]
		};
	}

	/** Most models take functions, or a schema, only by themselves. */
	#switchOffBeside(feature) {
		const alone = ['functions', 'table'];
		for (const box of this.#form.features) {
			if (feature !== 'thoughts' && box.value !== 'thoughts' && box.value !== feature
					&& (alone.includes(feature) || alone.includes(box.value))) {
				box.checked = false;
			}
		}
	}

	get #budget() {
		const budget = this.#form.thinkingBudget.value;
		if (budget === '') {
			return undefined;
		}
		return Number((budget === 'tokens') ? this.#form.thinkingTokens.value : budget);
	}

	get #modelId() {
		return ((this.#model.value === OTHER) ? this.#otherModel.value : this.#model.value).trim();
	}

	#list(ids, selected) {
		const options = ids.map((id) => element('option', { value: id, textContent: id, selected: id === selected }));
		this.#model.replaceChildren(...options, element('option', { value: OTHER, textContent: 'Other model …' }));
		this.#follow();
	}

	/** Shows the controls that the chosen model has. */
	#follow() {
		const control = thinkingControl(this.#modelId);
		const budget = this.#form.thinkingBudget.value;
		document.getElementById('thinking').hidden = control === 'none';
		document.getElementById('level-choice').hidden = control !== 'level';
		document.getElementById('budget-choice').hidden = control !== 'budget';
		document.getElementById('tokens-choice').hidden = control !== 'budget' || budget !== 'tokens';
		document.getElementById('tokens-shown').textContent = Number(this.#form.thinkingTokens.value).toLocaleString('en');
		document.getElementById('other-model').hidden = this.#model.value !== OTHER;
	}

}
