/** The page: questions to the documents of an observatory. */

import { Answer } from './answer.js';
import { ask, conversation, forget, info } from './api.js';
import { fromTemplate } from './dom.js';
import { Library } from './library.js';

const $ = (id) => document.getElementById(id);

const question = $('question');
const library = new Library($('document'));

/** The id of the conversation, which the server stores. */
let chat = localStorage.getItem('chat') ?? newChat();

/** Stops the answer that is arriving; null when none is. */
let running = null;

start();

async function start() {
	$('composer').addEventListener('submit', (event) => {
		event.preventDefault();
		send();
	});
	question.addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
			event.preventDefault();
			send();
		}
	});
	document.addEventListener('keydown', (event) => {
		if (event.key === 'Escape') {
			running?.abort();
		}
	});
	$('stop').addEventListener('click', () => running?.abort());
	$('new-chat').addEventListener('click', startNew);
	$('welcome').addEventListener('click', (event) => {
		const idea = event.target.closest('[data-idea]');
		if (idea) {
			question.value = idea.dataset.idea;
			send();
		}
	});
	question.focus();
	try {
		const { demo, documents } = await info();
		library.fill(documents, $('shelf'));
		showEarlier(await conversation(chat));
		$('badge').classList.toggle('demo', demo);
		$('badge').textContent = demo ? 'Demo mode – answers are simulated, set COMETAPI_KEY to talk to CometAPI'
				: 'Connected to CometAPI';
	}
	catch (failure) {
		$('badge').textContent = failure.message;
	}
}

function newChat() {
	const id = crypto.randomUUID();
	localStorage.setItem('chat', id);
	return id;
}

async function startNew() {
	running?.abort();
	const left = chat;
	chat = newChat();
	$('turns').replaceChildren();
	$('welcome').hidden = false;
	question.focus();
	await forget(left).catch(() => {});
}

async function send() {
	const text = question.value.trim();
	if (running || !text) {
		return;
	}
	question.value = '';
	setRunning(new AbortController());
	const answer = show(text, new Answer(library));
	$('status').textContent = await receive(answer, text, running.signal);
	answer.end();
	setRunning(null);
	$('page').scrollTo(0, $('page').scrollHeight);
}

/** Shows the events of an answer until it is done, has failed or was stopped. */
async function receive(answer, text, signal) {
	try {
		for await (const event of ask(chat, text, signal)) {
			answer.take(event);
			$('page').scrollTo(0, $('page').scrollHeight);
			if (event.event === 'done') {
				return 'Answered';
			}
			if (event.event === 'error') {
				return 'Failed';
			}
		}
		answer.fail('The connection ended before the answer was complete.');
		return 'Failed';
	}
	catch (failure) {
		answer.fail(signal.aborted ? 'Stopped.' : failure.message);
		return signal.aborted ? 'Stopped' : 'Failed';
	}
}

function show(text, answer) {
	const turn = fromTemplate('question-turn');
	turn.querySelector('.said').textContent = text;
	$('welcome').hidden = true;
	$('turns').append(turn, answer.element);
	$('page').scrollTo(0, $('page').scrollHeight);
	return answer;
}

function showEarlier(said) {
	let answer = null;
	for (const { role, text } of said) {
		if (role === 'user') {
			answer?.end();
			answer = show(text, new Answer(library));
		}
		else {
			answer?.write(text);
		}
	}
	answer?.end();
}

function setRunning(controller) {
	running = controller;
	$('send').hidden = Boolean(controller);
	$('stop').hidden = !controller;
}
