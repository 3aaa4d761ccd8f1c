/** The page: a conversation with Gemini that streams in. */

import { ask, branch, decide, forget, keep, LEFT, resume, turns } from './api.js';
import { addUsage, isReceived, isStored, receive } from './arriving.js';
import { Attachments } from './attachments.js';
import { Chats, newId } from './chats.js';
import { Connection } from './connection.js';
import { Drawer } from './drawer.js';
import { amount, Exchange } from './exchange.js';
import { download } from './export.js';
import { describe, Failure } from './failures.js';
import { keepFocus } from './focus.js';
import { readTurn } from './history.js';
import { language, localize, t } from './i18n.js';
import { Options } from './options.js';
import { Scroll } from './scroll.js';
import { Settings } from './settings.js';
import { announceUndoable } from './toast.js';
import * as unfinished from './unfinished.js';

const $ = (id) => document.getElementById(id);

localize();
document.documentElement.lang = language;
document.title = t('title');

/** The height of a text field with one line at most, in pixels. */
const ONE_LINE = 50;

const composer = $('composer');
const question = $('question');
const attachments = new Attachments($('previews'), notify);
const options = new Options(composer);
const settings = new Settings($('settings'), $('open-settings'));
const scroll = new Scroll($('page'), $('turns'), $('latest'));
const chats = new Chats($('chat-list'), $('search-chats'), { open, remove, exporting: (chat) => download(chat).catch(() => notify(t('failure.open'))), change: showAgain });
const drawer = new Drawer($('chats'), $('toggle-chats'), $('scrim'));
const connection = new Connection($('badge'), whenConnected);

/** The turns that the page shows. */
let shown = [];

/** Stops the answer that is arriving; null when none is. */
let running = null;

/** The turn whose question is being edited, or null. */
let editing = null;

/** The functions whose calls wait for the visitor. */
let waitingFunctions = [];

/** Whether another tab has changed the conversation while an answer was arriving here. */
let stale = false;

/** The conversations with an interrupted answer that could not be stored yet. */
const unsaved = new Set();

/** Ends the opening of a conversation; null when none is being opened. */
let opening = null;

const approvals = {
	has: (name) => waitingFunctions.includes(name),
	decide: async (call, approved) => {
		try {
			await decide(chats.current, call, approved);
		}
		catch {
			notify(t('failure.decide'));
		}
	}
};

start();

function start() {
	attachments.listen({ button: $('attach'), input: $('files'), dropTarget: document.body, pasteTarget: document });
	document.body.dataset.drop = t('drop');
	composer.addEventListener('submit', (event) => {
		event.preventDefault();
		submit();
	});
	question.addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
			event.preventDefault();
			submit();
		}
	});
	question.addEventListener('input', () => {
		fit();
		unfinished.draft(chats.current, question.value);
	});
	document.addEventListener('keydown', (event) => {
		if (event.key === 'Escape' && !document.querySelector('dialog[open], [popover]:popover-open')) {
			drawer.done();
			stop();
		}
	});
	const resizes = new ResizeObserver(fit);
	[question, $('chips')].forEach((part) => resizes.observe(part));
	$('stop').addEventListener('click', stop);
	$('new-chat').addEventListener('click', startNew);
	$('cancel-edit').addEventListener('click', () => {
		endEditing();
		write('');
	});
	$('attach').addEventListener('click', () => $('tools').hidePopover());
	$('tools').addEventListener('beforetoggle', ({ newState }) => (newState === 'open') && placeTools());
	addEventListener('resize', placeTools);
	$('welcome').addEventListener('click', (event) => {
		const idea = event.target.closest('[data-idea]');
		if (idea && !running) {
			options.switchTo(idea.dataset.features ?? '');
			send({ text: t(`idea.${idea.dataset.idea}.ask`), media: [] });
		}
	});
	if (matchMedia('(pointer: fine)').matches) {
		question.focus();
	}
	keepFocus();
	drawer.offer();
	if (chats.previous) {
		open(chats.previous);
	}
	connection.check();
}

async function whenConnected(info) {
	waitingFunctions = info.approvals;
	try {
		await options.load(info.defaultModel);
		if (chats.options) {
			options.chosen = chats.options;
		}
	}
	catch {
		notify(t('failure.models'));
	}
	if (!running && unsaved.delete(chats.current)) {
		open(chats.current);
	}
}

/** Sends the content of the composer. */
function submit() {
	const text = question.value.trim();
	if (running) {
		notify(t('busy'));
	}
	else if (attachments.reading) {
		attachments.reading.then(submit);
	}
	else if (!text && attachments.isEmpty) {
		notify(t('empty'));
	}
	else {
		const media = attachments.take();
		write('');
		const at = editing;
		endEditing();
		(at === null) ? send({ text, media }) : resend(at, { text, media });
	}
}

/** Asks the next question. */
async function send(message) {
	cancelOpening();
	const chat = chats.current;
	const chosen = options.chosen;
	const asked = { ...message, ...chosen };
	const exchange = new Exchange(asked, { json: chosen.features.includes('json'), approvals });
	notify('');
	$('welcome').hidden = true;
	$('turns').append(exchange.element);
	shown.push(exchange);
	scroll.toEnd();
	chats.keep(message, chosen);
	const index = shown.length - 1;
	showVersions(exchange, index);
	const controller = new AbortController();
	setRunning(controller);
	await unfinished.begin(chat, exchange, index).catch(() => {});
	await watch(exchange, chat, ask(chat, { ...asked, ...settings.chosen }, controller.signal), controller, index,
			() => chats.announceTurn(chat));
}

/**
 * Shows an answer while it arrives, and offers the next actions.
 * @param {AbortController} controller stops the answer; the running one, unless the page has left the answer already
 * @param {Function} announceTurn announces the turn to the other tabs, if this one has asked
 */
async function watch(exchange, chat, events, controller, index, announceTurn = () => {}) {
	if (running === controller) {
		announce(t('status.answering'));
	}
	const failure = await receive(exchange, chat, events, controller.signal, { begin: announceTurn, lose: () => connection.check() });
	if (failure?.code === LEFT) {
		return;
	}
	if (failure === null && exchange.question.features?.includes('table')) {
		await addUsage(exchange, chat);
	}
	exchange.end();
	if (running === controller) {
		setRunning(null);
	}
	if (failure && await isStored(chat, index, exchange.question)) {
		if (shown.includes(exchange)) {
			await open(chat);
		}
		return;
	}
	await conclude(exchange, chat, failure, index, announceTurn);
	if (chat === chats.current && stale) {
		showAgain();
	}
}

/** Stores an interrupted answer, and offers the next actions if the page still shows the turn. */
async function conclude(exchange, chat, failure, index, announceTurn) {
	if (!failure || !exchange.text) {
		connection.updateFrom(failure?.code ?? null);
	}
	if (failure === null || failure.code === 'chat-not-saved') {
		if (failure) {
			exchange.fail(failure);
		}
		await unfinished.end(chat, exchange.id);
		announceTurn();
		if (!shown.includes(exchange)) {
			return;
		}
		announce(t('status.done'));
		offerActs(exchange, index, { isCut: exchange.finishReason === 'MAX_TOKENS' });
		showTotals();
		return;
	}
	if (shown.includes(exchange)) {
		if (failure.code === 'stopped') {
			exchange.note(exchange.text ? t('stopped') : t('stopped.lost'));
			announce(t('status.stopped'));
		}
		else {
			announce(`${t('status.failed')}. ${exchange.fail(failure)}`);
		}
	}
	const isKept = Boolean(exchange.text) && !isBlocked(failure) && await keepInterrupted(chat, exchange);
	// A page that is being left aborts its own requests
	if (!isKept && !['internal', 'unreachable'].includes(failure.code)) {
		await unfinished.fail(chat, exchange.id, failure).catch(() => {});
	}
	if (['shutdown', 'busy'].includes(failure.code)) {
		connection.checkSoon();
	}
	else if (failure.code === 'unreachable' || unsaved.has(chat)) {
		connection.check();
	}
	if (!shown.includes(exchange)) {
		return;
	}
	offerActs(exchange, index, { isCut: isKept, isMissing: !isKept, failure });
	showTotals();
}

function isBlocked({ finishReason, blockReason }) {
	return Boolean(blockReason) || ['SAFETY', 'PROHIBITED_CONTENT', 'BLOCKLIST', 'SPII', 'RECITATION'].includes(finishReason);
}

/** Adds an interrupted answer to the conversation, so that it can be continued. */
async function keepInterrupted(chat, exchange) {
	try {
		const { text, media } = exchange.question;
		await keep(chat, exchange.id, { text, media }, exchange.text);
		await unfinished.end(chat, exchange.id);
		chats.announceTurn(chat);
		unsaved.delete(chat);
		return true;
	}
	catch {
		unfinished.progress(chat, exchange.text);
		unsaved.add(chat);
		exchange.note(t('failure.keep'));
		return false;
	}
}

function offerActs(exchange, index, { isCut = false, isMissing = false, failure = null }) {
	const again = () => isMissing ? resendMissing(exchange, index, failure) : resend(index, exchange.question);
	exchange.offer({
		edit: () => edit(exchange.question, index),
		retry: (isMissing && (failure === null || failure.code === 'stopped' || describe(failure).retry)) ? again : undefined,
		regenerate: isMissing ? undefined : again,
		proceed: isCut ? () => !running && send({ text: t('continue.prompt'), media: [] }) : undefined
	}, failure?.retryAfter);
	showVersions(exchange, index);
}

function showVersions(exchange, index) {
	exchange.showVersions(chats.versions(index), open);
}

/** Asks a question again that is not part of the conversation yet, unless the server has received it after all. */
async function resendMissing(exchange, index, failure) {
	const chat = chats.current;
	const isThere = failure?.code === 'unreachable' && await isReceived(chat, index, exchange.question);
	if (running || !shown.includes(exchange)) {
		return;
	}
	if (isThere) {
		await open(chat);
	}
	else {
		exchange.element.remove();
		shown = shown.filter((other) => other !== exchange);
		send({ text: exchange.question.text, media: exchange.question.media ?? [] });
	}
}

/** Asks a question of the conversation again, on a branch of its own. */
async function resend(index, message) {
	if (running) {
		notify(t('busy'));
		return;
	}
	const from = chats.current;
	const isEdited = message !== shown[index].question;
	const id = newId();
	const controller = new AbortController();
	setRunning(controller);
	try {
		if (index > 0) {
			await branch(from, id, index);
		}
		controller.signal.throwIfAborted();
	}
	catch (failure) {
		if (running !== controller) {
			isEdited && unfinished.draft(from, message.text);
			return;
		}
		setRunning(null);
		isEdited && edit(message, index);
		notify(controller.signal.aborted ? '' : describe(Failure.of(failure)).what);
		return;
	}
	chats.branch(index, id);
	shown.splice(index).forEach(({ element }) => element.remove());
	await send({ text: message.text, media: message.media ?? [] });
}

/** Lets the visitor change a question, to ask it in place of an earlier one. */
function edit(message, index) {
	if (running) {
		notify(t('busy'));
		return;
	}
	editing = index;
	$('editing').hidden = false;
	write(message.text ?? '');
	attachments.restore(message.media ?? []);
	question.focus();
}

function endEditing() {
	editing = null;
	$('editing').hidden = true;
	attachments.restore([]);
}

/** Stops the answer that is arriving. */
function stop() {
	if (running) {
		running.abort();
		shown.at(-1)?.showStopping();
	}
}

/** Leaves the answer that is arriving to the server. */
function leave() {
	running?.abort(LEFT);
	setRunning(null);
}

function startNew() {
	leave();
	cancelOpening();
	stale = false;
	endEditing();
	chats.startNew();
	clear();
	options.switchTo('');
	write(unfinished.findDraft(chats.current));
	drawer.done();
	question.focus();
}

function clear() {
	shown = [];
	$('turns').replaceChildren();
	$('welcome').hidden = false;
	$('totals').textContent = '';
	notify('');
	scroll.toStart();
}

/** Shows a conversation again, and resumes the answer that is arriving in it. */
async function open(id) {
	leave();
	cancelOpening();
	stale = false;
	notify('');
	const controller = new AbortController();
	opening = controller;
	try {
		const events = await resume(id, controller.signal);
		const [read, pending] = [(await turns(id)).map(readTurn), await unfinished.find(id).catch(() => undefined)];
		if (opening !== controller) {
			return;
		}
		opening = null;
		endEditing();
		chats.show(id);
		clear();
		read.forEach(showPast);
		const isMissing = !pending || read.length <= pending.turnsBefore;
		if (events && isMissing) {
			showArriving(id, pending, events, controller);
		}
		else if (pending && isMissing) {
			await showUnfinished(id, pending);
		}
		else if (pending) {
			controller.abort(LEFT);
			await unfinished.end(id, pending.id);
		}
		$('welcome').hidden = shown.length > 0;
		if (chats.options) {
			options.chosen = chats.options;
		}
		write(unfinished.findDraft(id));
		showTotals();
		scroll.toEnd();
		drawer.done();
		announce(t('status.opened'));
		if (shown.length === 0) {
			notify(t('failure.forgotten'));
		}
	}
	catch {
		controller.abort(LEFT);
		if (opening === controller) {
			opening = null;
			notify(t('failure.open'));
		}
	}
}

function cancelOpening() {
	opening?.abort(LEFT);
	opening = null;
}

/** Shows the answer that is arriving from its start, with its question if this browser has asked it. */
function showArriving(chat, pending, events, controller) {
	const asked = pending?.question ?? { text: '' };
	const exchange = new Exchange(asked, { id: pending?.id, json: asked.features?.includes('json'), approvals });
	$('turns').append(exchange.element);
	shown.push(exchange);
	showVersions(exchange, shown.length - 1);
	setRunning(controller);
	watch(exchange, chat, events, controller, shown.length - 1);
}

function showPast({ question: asked, json, events, isInterrupted }, index, { length }) {
	const exchange = new Exchange(asked, { json, past: true });
	events.forEach((event) => exchange.take(event));
	exchange.end();
	$('turns').append(exchange.element);
	shown.push(exchange);
	if (isInterrupted) {
		exchange.note(t('interrupted'));
	}
	offerActs(exchange, index, { isCut: isInterrupted && index === length - 1 });
}

/** Shows a question whose answer failed or did not arrive before the page was closed, with the part of it that did. */
async function showUnfinished(chat, { id, question: asked, text, failure = new Failure('lost') }) {
	const exchange = new Exchange(asked, { id, past: true });
	$('turns').append(exchange.element);
	shown.push(exchange);
	if (text) {
		exchange.take({ type: 'text', data: { text } });
	}
	exchange.end();
	const isKept = Boolean(text) && !isBlocked(failure) && await keepInterrupted(chat, exchange);
	if (failure.code === 'stopped') {
		exchange.note(t(text ? 'stopped' : 'stopped.lost'));
	}
	else if (text && !isBlocked(failure)) {
		exchange.note(t('interrupted'));
	}
	else {
		exchange.fail(failure);
	}
	offerActs(exchange, shown.length - 1, { isCut: isKept, isMissing: !isKept, failure });
}

/** Shows the turns that another tab has added, in the order of the server. */
function showAgain() {
	stale = Boolean(running);
	if (!stale) {
		open(chats.current);
	}
}

function remove(chat) {
	const putBack = chats.remove(chat);
	const wasShown = chats.current in chat.branches;
	if (wasShown) {
		startNew();
	}
	announceUndoable(t('chats.deleted', { title: chat.title }), async () => {
		for (const id of Object.keys(chat.branches)) {
			await forget(id).catch(() => {});
			await unfinished.end(id).catch(() => {});
			unfinished.draft(id, '');
		}
		announce(t('status.deleted'));
	}, () => {
		putBack();
		announce(t('chats.restored'));
		if (wasShown) {
			open(chat.current);
		}
	});
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

function showTotals() {
	const count = shown.reduce((sum, { totalTokens }) => sum + totalTokens, 0);
	const costs = shown.map(({ cost }) => cost).filter((cost) => cost !== null);
	const cost = costs.length > 0 && amount(costs.reduce((sum, cost) => sum + cost));
	$('totals').textContent = (count > 0) ? t(cost ? 'tokens.all.cost' : 'tokens.all', { count: count.toLocaleString(language), cost }) : '';
}

/** Puts the menu of tools above its button. */
function placeTools() {
	const { top, left } = $('open-tools').getBoundingClientRect();
	const { style } = $('tools');
	style.bottom = `${innerHeight - top + 8}px`;
	style.left = `${Math.max(8, Math.min(left, innerWidth - 328))}px`;
	style.maxHeight = `${top - 16}px`;
}

/** Fills the composer. */
function write(text) {
	question.value = text;
	fit();
	unfinished.draft(chats.current, text);
}

/** Makes the text field as high as its text, and as wide as the composer if text or tools need more than one line beside each other. */
function fit() {
	question.style.height = 'auto';
	question.parentElement.classList.remove('tall');
	question.parentElement.classList.toggle('tall', Math.max(question.scrollHeight, $('chips').offsetHeight) > ONE_LINE);
	question.style.height = `${question.scrollHeight + question.offsetHeight - question.clientHeight}px`;
}

function notify(message) {
	$('notice').textContent = message;
}

function announce(message) {
	$('status').textContent = message;
}
