import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport, getToolName, isToolUIPart, lastAssistantMessageIsCompleteWithApprovalResponses } from "ai";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

const api = "/api/chat";
const id = location.hash.substring(1) || crypto.randomUUID();
location.hash = id;

// The server stores a turn when it is complete. Until then, the page stores the question
const questions = {
	stored: 0,
	get pending() {
		return JSON.parse(sessionStorage.getItem(id));
	},
	remember(text) {
		sessionStorage.setItem(id, JSON.stringify({ before: this.stored, text }));
	},
	// A stored turn is going to be replaced
	rememberAgain(text) {
		if (!this.pending) {
			this.stored--;
			this.remember(text);
		}
	},
	forgetAnswered() {
		if (this.pending) {
			this.stored = this.pending.before + 1;
			sessionStorage.removeItem(id);
		}
	},
	addPending(stored) {
		this.stored = stored.filter(({ role }) => role === "user").length;
		if (this.stored > this.pending?.before) {
			sessionStorage.removeItem(id);
		}
		const { text } = this.pending ?? {};
		return text ? [...stored, { id: "pending", role: "user", parts: [{ type: "text", text }] }] : stored;
	}
};

async function loadMessages() {
	const response = await fetch(`${api}/${id}`);
	if (!response.ok) {
		throw new Error("The chat cannot be loaded");
	}
	return questions.addPending(await response.json());
}

let responded = Promise.resolve();

// Not aborted before the server has responded, since it cannot cancel a response that it has not started
async function request(url, { signal, ...options }) {
	const controller = new AbortController();
	const response = fetch(url, { ...options, signal: controller.signal });
	responded = response.then(() => true, () => true);
	await responded;
	if (signal?.aborted) {
		controller.abort();
		signal.throwIfAborted();
	}
	signal?.addEventListener("abort", () => controller.abort());
	return response;
}

async function cancelResponse() {
	let started = false;
	while (!started) {
		started = await Promise.race([responded, new Promise((resolve) => setTimeout(resolve, 200))]);
		await fetch(`${api}/${id}/stream`, { method: "DELETE" });
	}
}

function Page({ loaded }) {
	const [resuming, setResuming] = useState(true);
	const { messages, setMessages, sendMessage, regenerate, resumeStream, stop, addToolApprovalResponse, status, error } = useChat({
		id,
		messages: loaded,
		transport: new DefaultChatTransport({ api, fetch: request }),
		sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
		onFinish({ isAbort, isDisconnect, isError }) {
			if (isAbort || isDisconnect || isError) {
				// The turn may have been completed nevertheless
				loadMessages().catch(() => {});
			}
			else {
				questions.forgetAnswered();
			}
		}
	});
	useEffect(() => {
		resumeStream().then(async () => {
			if (questions.pending) {
				// The response may have ended since the messages were loaded
				const now = await loadMessages();
				setMessages((shown) => (shown.at(-1)?.role === "user") ? now : shown);
			}
		}).catch(() => {}).finally(() => setResuming(false));
	}, []);
	// A question that is asked while resuming would be lost
	const busy = resuming || status === "submitted" || status === "streaming";
	function send(message) {
		questions.remember(message.text);
		sendMessage(message);
	}
	function replace() {
		const { parts } = messages.findLast(({ role }) => role === "user");
		questions.rememberAgain(parts.filter(({ type }) => type === "text").map(({ text }) => text).join(""));
		regenerate();
	}
	function cancel() {
		cancelResponse().catch(() => {});
		stop();
	}
	return (
		<main>
			<h1>Gemini Comet with the AI SDK</h1>
			{messages.map((message) => (
				<article key={message.id} className={message.role}>
					{message.parts.map((part, index) => <Part key={index} part={part} approve={addToolApprovalResponse} />)}
					<Usage metadata={message.metadata} />
				</article>
			))}
			{resuming && status === "streaming" && <p role="status">Continuing the response …</p>}
			{error && <p role="alert">{error.message}</p>}
			<Composer busy={busy} send={send} stop={cancel}
				regenerate={messages.length > 0 && !busy ? replace : undefined} />
		</main>
	);
}

function Part({ part, approve }) {
	if (isToolUIPart(part)) {
		return <Tool part={part} approve={approve} />;
	}
	switch (part.type) {
		case "text":
			return <p className="text">{part.text}</p>;
		case "reasoning":
			return <details><summary>Reasoning</summary>{part.text}</details>;
		case "source-url":
			return <a className="source" href={part.url} rel="noreferrer" target="_blank">{part.title ?? part.url}</a>;
		case "file":
			return part.mediaType.startsWith("image/") ? <img src={part.url} alt={part.filename ?? "Image"} />
				: <a href={part.url} download>{part.filename ?? part.mediaType}</a>;
		default:
			return null;
	}
}

function Tool({ part, approve }) {
	return (
		<section className="tool" data-state={part.state}>
			<code>{getToolName(part)}({JSON.stringify(part.input)})</code>
			{part.state === "approval-requested" && (
				<span>
					<button className="yes" onClick={() => approve({ id: part.approval.id, approved: true })}>Allow</button>
					<button className="no" onClick={() => approve({ id: part.approval.id, approved: false })}>Refuse</button>
				</span>
			)}
			{part.state === "output-available" && <code>= {JSON.stringify(part.output)}</code>}
			{part.state === "output-error" && <em>{part.errorText}</em>}
			{part.state === "output-denied" && <em>Refused</em>}
		</section>
	);
}

function Usage({ metadata }) {
	return metadata?.usage
		? <small>{metadata.model} · {metadata.usage.inputTokens} + {metadata.usage.outputTokens} tokens</small> : null;
}

function Composer({ busy, send, stop, regenerate }) {
	const [text, setText] = useState("");
	const [files, setFiles] = useState();
	function submit(event) {
		event.preventDefault();
		if (text.trim() && !busy) {
			send({ text, files });
			setText("");
			setFiles(undefined);
			event.target.reset();
		}
	}
	return (
		<form onSubmit={submit}>
			<input id="question" value={text} onChange={(event) => setText(event.target.value)} autoComplete="off"
				placeholder="Weather in Paris? Book a table for two?" />
			<input id="files" type="file" accept="image/*,application/pdf" multiple
				onChange={(event) => setFiles(event.target.files)} />
			{busy ? <button id="stop" type="button" onClick={stop}>Stop</button> : <button id="send">Send</button>}
			{regenerate && <button id="regenerate" type="button" onClick={regenerate}>Again</button>}
		</form>
	);
}

const page = createRoot(document.getElementById("page"));
loadMessages().then((loaded) => page.render(<Page loaded={loaded} />), ({ message }) => page.render(<p role="alert">{message}</p>));
