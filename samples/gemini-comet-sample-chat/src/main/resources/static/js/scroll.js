/** Stays at the end of an answer that arrives until the reader scrolls up, and returns there on demand. */

export class Scroll {

	#page;

	#following = true;

	#last = 0;

	/**
	 * @param {Element} page the element that scrolls
	 * @param {Element} content what grows in it
	 * @param {Element} button brings the reader to the end
	 */
	constructor(page, content, button) {
		this.#page = page;
		const atEnd = new ResizeObserver(() => {
			if (this.#following && !content.hidden && content.childElementCount > 0) {
				page.scrollTo(0, page.scrollHeight);
			}
			button.hidden = this.#following || content.childElementCount === 0;
		});
		atEnd.observe(page);
		atEnd.observe(content);
		page.addEventListener('scroll', () => {
			const near = page.scrollHeight - page.scrollTop - page.clientHeight < 60;
			this.#following = near || (this.#following && page.scrollTop >= this.#last);
			this.#last = page.scrollTop;
			button.hidden = this.#following || content.childElementCount === 0;
		}, { passive: true });
		button.addEventListener('click', () => this.toEnd());
	}

	toEnd() {
		this.#following = true;
		this.#page.scrollTo(0, this.#page.scrollHeight);
	}

	toStart() {
		this.#page.scrollTo(0, 0);
	}

}
