/** The list of conversations: beside the page if there is room, otherwise over it until one is chosen. */

const CLOSED = 'conversations-closed';

const beside = matchMedia('(min-width: 64rem)');

export class Drawer {

	#panel;

	#toggle;

	#scrim;

	constructor(panel, toggle, scrim) {
		this.#panel = panel;
		this.#toggle = toggle;
		this.#scrim = scrim;
		beside.addEventListener('change', () => (beside.matches ? this.offer() : this.#set(false)));
		scrim.addEventListener('click', () => this.done());
		toggle.addEventListener('click', () => {
			this.#set(panel.hidden);
			if (beside.matches) {
				localStorage.setItem(CLOSED, String(panel.hidden));
			}
			else if (!panel.hidden) {
				(panel.querySelector('.open') ?? panel).focus();
			}
		});
	}

	/** Opens the list if there is room, unless the visitor has closed it. */
	offer() {
		if (beside.matches && localStorage.getItem(CLOSED) !== 'true') {
			this.#set(true);
		}
	}

	/** Closes the list if it covers the page. */
	done() {
		if (!beside.matches && !this.#panel.hidden) {
			const focused = this.#panel.contains(document.activeElement);
			this.#set(false);
			if (focused) {
				this.#toggle.focus();
			}
		}
	}

	#set(open) {
		this.#panel.hidden = !open;
		const covers = open && !beside.matches;
		this.#scrim.hidden = !covers;
		document.querySelectorAll('body > :is(header, main, form)').forEach((covered) => covered.inert = covers);
		this.#toggle.setAttribute('aria-expanded', String(open));
	}

}
