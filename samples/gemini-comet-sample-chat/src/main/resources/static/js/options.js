/** Model, thinking and tools of the composer. */

import { models } from './api.js';
import { element, icon } from './dom.js';
import { language, t } from './i18n.js';

const OTHER = 'other';

const ICONS = { search: 'search', code: 'code', functions: 'function', table: 'table', json: 'json' };

/** Most models accept functions or a schema only without other tools. */
const ALONE = ['functions', 'table'];

export class Options {

	#form;

	#model = document.getElementById('model');

	#otherModel = document.getElementById('other-model-id');

	#chips = document.getElementById('chips');

	#defaultModel = { id: '', thinking: { levels: [] } };

	#models = [];

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
			this.#follow();
		});
		this.#form.thinkingTokens.addEventListener('input', () => this.#follow());
	}

	/** Fills the list of models; without a list the default and any other id can still be asked. */
	async load(defaultModel) {
		this.#defaultModel = defaultModel;
		const chosen = this.#modelId;
		this.#list([defaultModel], chosen || defaultModel.id);
		const listed = await models();
		this.#list([...listed, ...listed.some(({ id }) => id === defaultModel.id) ? [] : [defaultModel]], chosen || defaultModel.id);
	}

	/** Switches one feature on and the others off. The feature "image" is a model that draws. */
	switchTo(feature) {
		for (const box of this.#form.features) {
			box.checked = box.value === feature || box.value === 'thoughts';
		}
		this.#form.thinkingLevel.value = '';
		this.#form.thinkingBudget.value = '';
		if ((feature === 'image') !== this.#modelId.includes('-image')) {
			this.#choose((feature === 'image') ? this.#drawingModel : this.#defaultModel.id);
		}
		this.#follow();
	}

	/** The options as the server expects them, without those that are not chosen. */
	get chosen() {
		const features = [...this.#form.features].filter((box) => box.checked).map((box) => box.value);
		const { levels, budget } = this.#thinking;
		return {
			model: this.#modelId || undefined,
			thinkingLevel: (levels.length > 0 && this.#form.thinkingLevel.value) || undefined,
			thinkingBudget: budget ? this.#budget : undefined,
			features: [
				...features.filter((feature) => feature !== 'thoughts' || this.#thinks),
				...(this.#modelId.includes('-image') ? ['image'] : [])
			]
		};
	}

	/** Restores the options of another question. */
	set chosen({ model, thinkingLevel = '', thinkingBudget, features = [] }) {
		this.#choose(model || this.#defaultModel.id);
		for (const box of this.#form.features) {
			box.checked = features.includes(box.value) || (box.value === 'thoughts' && !this.#thinks);
		}
		this.#follow();
		this.#form.thinkingLevel.value = thinkingLevel;
		if (thinkingBudget > 0) {
			this.#form.thinkingBudget.value = 'tokens';
			this.#form.thinkingTokens.value = thinkingBudget;
		}
		else {
			this.#form.thinkingBudget.value = thinkingBudget ?? '';
		}
		this.#follow();
	}

	/** The newest stable model that draws quickly, or else the newest one that draws. */
	get #drawingModel() {
		const rank = ({ id }) => [!/preview|exp/.test(id), /flash-image/.test(id), Number.parseFloat(id.slice('gemini-'.length)) || 0];
		const compare = (a, b) => a.map((value, index) => value - b[index]).find((difference) => difference !== 0) ?? 0;
		const drawing = this.#models.filter(({ id }) => id.includes('-image')).sort((a, b) => compare(rank(b), rank(a)));
		return drawing[0]?.id ?? this.#modelId;
	}

	#switchOffBeside(feature) {
		for (const box of this.#form.features) {
			if (feature !== 'thoughts' && box.value !== 'thoughts' && box.value !== feature
					&& (ALONE.includes(feature) || ALONE.includes(box.value))) {
				box.checked = false;
			}
		}
	}

	get #budget() {
		const budget = this.#form.thinkingBudget.value;
		return (budget === '') ? undefined : Number((budget === 'tokens') ? this.#form.thinkingTokens.value : budget);
	}

	get #modelId() {
		return ((this.#model.value === OTHER) ? this.#otherModel.value : this.#model.value).trim();
	}

	get #thinking() {
		return this.#models.find(({ id }) => id === this.#modelId)?.thinking ?? { levels: [], budget: null };
	}

	get #thinks() {
		return this.#thinking.levels.length > 0 || Boolean(this.#thinking.budget);
	}

	#choose(id) {
		const listed = [...this.#model.options].some((option) => option.value === id);
		this.#model.value = listed ? id : OTHER;
		this.#otherModel.value = listed ? '' : id;
	}

	#list(listed, selected) {
		this.#models = listed;
		this.#model.replaceChildren(...listed.map(({ id }) => element('option', { value: id, textContent: id })),
				element('option', { value: OTHER, textContent: t('model.other') }));
		this.#choose(selected);
		this.#follow();
	}

	/** Shows the controls that the chosen model supports, and the features that are switched on. */
	#follow() {
		const { levels, budget } = this.#thinking;
		const { thinkingLevel, thinkingBudget, thinkingTokens } = this.#form;
		fill(thinkingLevel, ['', ...levels], (level) => level ? t(`level.${level}`) : t('thinking.default'));
		const budgets = budget ? ['', ...(budget.canBeOff ? ['0'] : []), '-1', 'tokens'] : [''];
		const names = { '': 'thinking.default', '0': 'thinking.off', '-1': 'thinking.dynamic', 'tokens': 'thinking.tokens' };
		fill(thinkingBudget, budgets, (value) => t(names[value]));
		thinkingTokens.min = Math.max(budget?.min ?? 128, 128);
		thinkingTokens.max = budget?.max ?? 24576;
		const show = (id, shown) => document.getElementById(id).hidden = !shown;
		show('thinking', this.#thinks);
		show('level-choice', levels.length > 0);
		show('budget-choice', Boolean(budget));
		show('tokens-choice', Boolean(budget) && thinkingBudget.value === 'tokens');
		show('other-model', this.#model.value === OTHER);
		document.getElementById('tokens-shown').textContent = Number(thinkingTokens.value).toLocaleString(language);
		this.#showChips();
	}

	#showChips() {
		const on = [...this.#form.features].filter((box) => box.checked && box.value !== 'thoughts');
		const { thinkingLevel, thinkingBudget } = this.#form;
		const thinking = [thinkingLevel, thinkingBudget].find((select) => select.options.length > 1 && select.value !== '');
		this.#chips.replaceChildren(
				...on.map((box) => this.#chip(ICONS[box.value], t(`feature.${box.value}`), () => box.checked = false)),
				...(thinking ? [this.#chip('thought', `${t('thinking')}: ${thinking.selectedOptions[0].textContent}`, () => thinking.value = '')] : []),
				...(this.#modelId.includes('-image') ? [element('span', { className: 'chip' }, icon('picture'), t('feature.image'))] : []));
	}

	#chip(name, label, off) {
		const chip = element('button', { type: 'button', className: 'chip', ariaLabel: t('remove', { name: label }), title: t('remove', { name: label }) },
				icon(name), label, icon('close'));
		chip.addEventListener('click', () => {
			off();
			this.#follow();
			document.getElementById('question').focus();
		});
		return chip;
	}

}

/** Offers values in a list; what is chosen stays chosen if it is still among them. */
function fill(select, values, name) {
	if ([...select.options].map((option) => option.value).join() !== values.join()) {
		const chosen = select.value;
		select.replaceChildren(...values.map((value) => element('option', { value, textContent: name(value) })));
		select.value = values.includes(chosen) ? chosen : '';
	}
}
