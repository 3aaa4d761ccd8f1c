// Runs the steps of a chat with useChat of @ai-sdk/react in a page without a browser, and prints what it ends with.
// node use-chat.mjs <URL of the API> <JSON of the steps>
import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport, lastAssistantMessageIsCompleteWithApprovalResponses,
	lastAssistantMessageIsCompleteWithToolCalls } from "ai";
import { Window } from "happy-dom";

const [api, json] = process.argv.slice(2);
const window = new Window({ url: api });
globalThis.window = window;
globalThis.document = window.document;
globalThis.HTMLIFrameElement = window.HTMLIFrameElement;
const { createElement, useEffect } = await import("react");
const { createRoot } = await import("react-dom/client");

const result = { statuses: [], data: [], finishes: [] };
const id = "chat-" + crypto.randomUUID();
let chat;
let changed = () => {};

function sendAutomatically(options) {
	return lastAssistantMessageIsCompleteWithApprovalResponses(options)
			|| lastAssistantMessageIsCompleteWithToolCalls(options);
}

function Page() {
	chat = useChat({
		id,
		transport: new DefaultChatTransport({ api, body: { topic: "test" } }),
		sendAutomaticallyWhen: sendAutomatically,
		onData: (part) => result.data.push(part),
		onFinish: ({ isAbort, isError, isDisconnect, finishReason }) =>
			result.finishes.push({ isAbort, isError, isDisconnect, finishReason })
	});
	useEffect(() => changed());
	return null;
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
	async approve({ approved, reason }) {
		await until(pendingApproval);
		await until(isIdle);
		chat.addToolApprovalResponse({ id: pendingApproval().approval.id, approved, reason });
		await until(() => !pendingApproval() && !isIdle());
	},
	async answerCall({ output }) {
		await until(openCall);
		await until(isIdle);
		const call = openCall();
		chat.addToolOutput({ tool: call.type.substring("tool-".length), toolCallId: call.toolCallId, output });
		await until(() => !openCall() && !isIdle());
	},
	async resume() {
		await chat.resumeStream();
	},
	async awaitIdle() {
		await until(isIdle);
		result.statuses.push(chat.status);
	}
};

createRoot(window.document.createElement("div")).render(createElement(Page));
await new Promise((resolve) => {
	changed = () => chat && resolve();
});
for (const step of JSON.parse(json)) {
	await actions[step.do](step);
}
result.messages = chat.messages;
result.error = chat.error?.message;
await new Promise((resolve) => process.stdout.write(JSON.stringify(result), resolve));
process.exit(0);
