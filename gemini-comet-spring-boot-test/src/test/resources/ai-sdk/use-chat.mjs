// Runs chats with useChat of @ai-sdk/react in a page without a browser. Each line of the input has the URL of the API and
// the steps of a chat, with its id and messages if the page was reloaded, each line of the output what the page has in the end.
import { createInterface } from "node:readline";
import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport, lastAssistantMessageIsCompleteWithApprovalResponses,
	lastAssistantMessageIsCompleteWithToolCalls } from "ai";
import { Window } from "happy-dom";

const window = new Window();
globalThis.window = window;
globalThis.document = window.document;
globalThis.HTMLIFrameElement = window.HTMLIFrameElement;
const { createElement, useEffect } = await import("react");
const { createRoot } = await import("react-dom/client");

function sendAutomatically(options) {
	return lastAssistantMessageIsCompleteWithApprovalResponses(options)
			|| lastAssistantMessageIsCompleteWithToolCalls(options);
}

async function run({ api, steps, id = "chat-" + crypto.randomUUID(), messages = [], resume = false }) {
	const result = { id, statuses: [], data: [], finishes: [], requests: [] };
	const left = new AbortController();
	let network = new AbortController();
	let chat;
	let changed = () => {};

	function Page() {
		chat = useChat({
			id,
			messages,
			resume,
			transport: new DefaultChatTransport({ api, body: { topic: "test" }, fetch: fetchUntilLeft }),
			sendAutomaticallyWhen: sendAutomatically,
			onData: (part) => result.data.push(part),
			onFinish: ({ isAbort, isError, isDisconnect, finishReason }) =>
				result.finishes.push({ isAbort, isError, isDisconnect, finishReason })
		});
		useEffect(() => changed());
		return null;
	}

	async function fetchUntilLeft(url, { signal, ...options }) {
		const response = await fetch(url,
				{ ...options, signal: AbortSignal.any([left.signal, network.signal, ...(signal ? [signal] : [])]) });
		result.requests.push((options.method ?? "GET") + " " + response.status);
		changed();
		return response;
	}

	function until(condition) {
		return new Promise((resolve) => {
			changed = () => {
				if (condition()) {
					changed = () => {};
					resolve();
				}
			};
			changed();
		});
	}

	function text() {
		return chat.messages.flatMap((message) => message.parts).filter((part) => part.type === "text")
			.map((part) => part.text).join("");
	}

	function pendingApproval() {
		return chat.messages.flatMap((message) => message.parts).find((part) => part.state === "approval-requested");
	}

	function openCall() {
		return chat.messages.flatMap((message) => message.parts).find((part) => part.state === "input-available");
	}

	const isIdle = () => chat.status === "ready" || chat.status === "error";

	const actions = {
		async send({ text, files }) {
			chat.sendMessage({ text, files });
			await until(() => !isIdle());
		},
		async regenerate() {
			chat.regenerate();
			await until(() => !isIdle());
		},
		async awaitText({ value }) {
			await until(() => text().includes(value));
		},
		async stop() {
			await chat.stop();
		},
		async awaitInput({ value }) {
			await until(() => chat.messages.flatMap((message) => message.parts)
				.some((part) => part.state === "input-streaming" && JSON.stringify(part.input) === value));
		},
		async approve({ approved, reason, last = true }) {
			await until(pendingApproval);
			await until(isIdle);
			const { id } = pendingApproval().approval;
			chat.addToolApprovalResponse({ id, approved, reason });
			await until(() => pendingApproval()?.approval.id !== id && (!last || !isIdle()));
		},
		async answerCall({ output }) {
			await until(openCall);
			await until(isIdle);
			const call = openCall();
			chat.addToolOutput({ tool: call.type.substring("tool-".length), toolCallId: call.toolCallId, output });
			await until(() => !openCall() && !isIdle());
		},
		async resume() {
			const count = result.requests.length;
			const resumed = chat.resumeStream();
			await until(() => result.requests.length > count);
			await actions.release();
			await resumed;
		},
		// The response goes on, which waits until a page has found it
		async release() {
			await fetch(`${api}/${id}/stream`, { method: "PUT" });
		},
		// With the error of Chromium
		async loseNetwork() {
			network.abort(new TypeError("network error"));
			network = new AbortController();
		},
		async show() {
			window.document.dispatchEvent(new window.Event("visibilitychange"));
		},
		async awaitRequests({ count }) {
			await until(() => result.requests.length >= count);
		},
		async leave() {
			left.abort();
		},
		async cancel() {
			await fetch(`${api}/${id}/stream`, { method: "DELETE" });
		},
		async awaitIdle() {
			await until(isIdle);
			result.statuses.push(chat.status);
		}
	};

	const root = createRoot(window.document.createElement("div"));
	root.render(createElement(Page));
	await new Promise((resolve) => {
		changed = () => chat && resolve();
	});
	for (const step of steps) {
		await actions[step.do](step);
	}
	root.unmount();
	return { ...result, messages: chat.messages, error: chat.error?.message };
}

for await (const line of createInterface({ input: process.stdin })) {
	process.stdout.write(JSON.stringify(await run(JSON.parse(line))) + "\n");
}
