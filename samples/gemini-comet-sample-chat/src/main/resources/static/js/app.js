/** The page: a conversation with Gemini that streams in. */

import { Answer } from './answer.js';
import { ask, info } from './api.js';
import { Attachments, dataUrl } from './attachments.js';
import { element, fromTemplate } from './dom.js';
import { Options } from './options.js';

const $ = (id) => document.getElementById(id);

const composer = $('composer');
const question = $('question');
const attachments = new Attachments($('previews'), notify);
const options = new Options(composer);

/** What was said so far, as the model is told it with each question. */
let messages = [];

/** Stops the answer that is arriving; null when none is. */
let running = null;

start();

async function start() {
	attachments.listen({ button: $('attach'), input: $('files'), dropTarget: document.body, pasteTarget: document });
	followTheEnd();
	composer.addEventListener('submit', (event) => {
		event.preventDefault();
		send();
	});
	question.addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
			event.preventDefault();
			send();
		}
	});
	question.addEventListener('input', fit);
	document.addEventListener('keydown', (event) => {
		if (event.key === 'Escape') {
			stop();
		}
	});
	$('stop').addEventListener('click', stop);
	$('new-chat').addEventListener('click', forget);
	$('welcome').addEventListener('click', (event) => {
		const idea = event.target.closest('[data-idea]');
		if (idea) {
			options.switchTo(idea.dataset.features ?? '');
			question.value = idea.dataset.idea;
			question.focus();
			send();
		}
	});
	question.focus();
	try {
		const { demo, defaultModel } = await info();
		$('badge').classList.toggle('demo', demo);
		$('badge').textContent = demo ? 'Demo mode – answers are simulated, set COMETAPI_KEY to talk to CometAPI'
				: 'Connected to CometAPI';
		await options.load(defaultModel);
	}
	catch (failure) {
		notify(`The list of models could not be read: ${failure.message}`);
	}
}

async function send() {
	const text = question.value.trim();
	if (running || !text) {
		return;
	}
	const conversation = messages;
	const chosen = options.chosen;
	const message = { role: 'user', text, images: attachments.take() };
	const answer = new Answer(chosen.features.includes('json'));
	notify('');
	question.value = '';
	fit();
	$('welcome').hidden = true;
	$('turns').append(questionTurn(message), answer.element);
	$('page').scrollTo(0, $('page').scrollHeight);
	setRunning(new AbortController());
	announce('Gemini is answering');

	const outcome = await receive(answer, { ...chosen, messages: [...conversation, message].map(plain) }, running.signal);

	answer.end();
	setRunning(null);
	announce(outcome);
	if (answer.text && outcome !== 'Failed') {
		conversation.push(message, { role: 'model', text: answer.text });
	}
	else if (outcome !== 'Answered' && conversation === messages && !question.value) {
		question.value = text;
		attachments.restore(message.images);
		fit();
	}
}

/** Shows the events of the answer until it is done, has failed or was stopped. */
async function receive(answer, request, signal) {
	try {
		for await (const event of ask(request, signal)) {
			if (event.type === 'error') {
				answer.fail(event.data.message);
				return 'Failed';
			}
			answer.take(event);
			if (event.type === 'done') {
				return 'Answered';
			}
		}
		answer.fail('The connection ended before the answer was complete.');
		return 'Failed';
	}
	catch (failure) {
		if (signal.aborted) {
			answer.stop();
			return 'Stopped';
		}
		answer.fail(failure.message);
		return 'Failed';
	}
}

function stop() {
	running?.abort();
}

function forget() {
	stop();
	messages = [];
	$('turns').replaceChildren();
	$('welcome').hidden = false;
	notify('');
	question.focus();
}

function setRunning(controller) {
	running = controller;
	const focused = [$('send'), $('stop')].includes(document.activeElement);
	$('send').hidden = Boolean(controller);
	$('stop').hidden = !controller;
	if (focused) {
		(controller ? $('stop') : question).focus();
	}
}

function questionTurn({ text, images }) {
	const turn = fromTemplate('question-turn');
	turn.querySelector('.said').textContent = text;
	turn.querySelector('.pictures').append(...images.map((image) => element('li', {},
			element('img', { src: dataUrl(image), alt: image.name }))));
	return turn;
}

/** A message without what only the page needs. */
function plain({ role, text, images = [] }) {
	return { role, text, images: images.map(({ mimeType, data }) => ({ mimeType, data })) };
}

/** Stays at the end of what arrives, until the reader scrolls up. */
function followTheEnd() {
	const page = $('page');
	let following = true;
	let last = 0;
	const atEnd = new ResizeObserver(() => following && page.scrollTo(0, page.scrollHeight));
	atEnd.observe(page);
	atEnd.observe($('turns'));
	page.addEventListener('scroll', () => {
		const near = page.scrollHeight - page.scrollTop - page.clientHeight < 60;
		following = near || (following && page.scrollTop >= last);
		last = page.scrollTop;
	});
}

/** Makes the text field as high as its text. */
function fit() {
	question.style.height = 'auto';
	question.style.height = `${question.scrollHeight + question.offsetHeight - question.clientHeight}px`;
}

function notify(message) {
	$('notice').textContent = message;
}

function announce(message) {
	$('status').textContent = message;
}
