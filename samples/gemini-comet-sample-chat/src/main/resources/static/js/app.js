/** The page: a conversation with Gemini that streams in. */

import { Answer } from './answer.js';
import { ask, forget, info, turns } from './api.js';
import { Attachments, dataUrl } from './attachments.js';
import { Chats } from './chats.js';
import { Drawer } from './drawer.js';
import { element, fromTemplate } from './dom.js';
import { readTurn } from './history.js';
import { Options } from './options.js';

const $ = (id) => document.getElementById(id);

const composer = $('composer');
const question = $('question');
const attachments = new Attachments($('previews'), notify);
const options = new Options(composer);

const chats = new Chats($('chat-list'), open, remove, showAgain);
const drawer = new Drawer($('chats'), $('toggle-chats'));

/** Stops the answer that is arriving; null when none is. */
let running = null;

/** Whether another tab has changed the conversation while an answer was arriving here. */
let stale = false;

/** The conversation that was chosen last, while it is fetched. */
let opening = null;

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
			drawer.done();
			stop();
		}
	});
	$('stop').addEventListener('click', stop);
	$('new-chat').addEventListener('click', startNew);
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
	if (!chats.isEmpty) {
		drawer.offer();
	}
	if (chats.previous) {
		open(chats.previous);
	}
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
	opening = null;
	const chat = chats.current;
	const chosen = options.chosen;
	const message = { text, images: attachments.take() };
	const answer = new Answer({ json: chosen.features.includes('json') });
	notify('');
	question.value = '';
	fit();
	$('welcome').hidden = true;
	$('turns').append(questionTurn(message), answer.element);
	$('page').scrollTo(0, $('page').scrollHeight);
	setRunning(new AbortController());
	announce('Gemini is answering');

	const outcome = await receive(answer, ask(chat, { ...chosen, ...plain(message) }, running.signal), running.signal);

	answer.end();
	setRunning(null);
	announce(outcome);
	if (chat !== chats.current) {
		return;
	}
	if (outcome === 'Answered') {
		chats.keep(text);
		drawer.offer();
		if (stale) {
			showAgain();
		}
	}
	else if (!answer.text && !question.value) {
		question.value = text;
		attachments.restore(message.images);
		fit();
	}
}

/** Shows the events of the answer until it is done, has failed or was stopped. */
async function receive(answer, events, signal) {
	try {
		for await (const event of events) {
			if (event.type === 'error') {
				answer.take(event);
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

function startNew() {
	stop();
	stale = false;
	opening = null;
	chats.startNew();
	$('turns').replaceChildren();
	$('welcome').hidden = false;
	notify('');
	question.focus();
}

/** Shows a conversation again. */
async function open(id) {
	stop();
	stale = false;
	opening = id;
	notify('');
	try {
		const shown = (await turns(id)).map(readTurn);
		if (id !== opening) {
			return;
		}
		chats.show(id);
		$('welcome').hidden = shown.length > 0;
		$('turns').replaceChildren(...shown.flatMap(({ question, json, events }) => {
			const answer = new Answer({ json, past: true });
			events.forEach((event) => answer.take(event));
			answer.end();
			return [questionTurn(question), answer.element];
		}));
		$('page').scrollTo(0, $('page').scrollHeight);
		drawer.done();
		announce('Conversation opened');
		if (shown.length === 0) {
			notify('The server does not remember this conversation any more.');
		}
	}
	catch (failure) {
		if (id === opening) {
			notify(`The conversation could not be opened: ${failure.message}`);
		}
	}
}

/** Shows what another tab has added, in the order in which the server keeps it. */
function showAgain() {
	stale = Boolean(running);
	if (!stale) {
		open(chats.current);
	}
}

async function remove(id, title) {
	if (!confirm(`Delete “${title}”?`)) {
		return;
	}
	if (id === chats.current) {
		startNew();
	}
	try {
		await forget(id);
		chats.remove(id);
		announce('Conversation deleted');
	}
	catch (failure) {
		notify(`The conversation could not be deleted: ${failure.message}`);
	}
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
function plain({ text, images }) {
	return { text, images: images.map(({ mimeType, data }) => ({ mimeType, data })) };
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
