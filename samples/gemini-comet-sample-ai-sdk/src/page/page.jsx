import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport, getToolName, isToolUIPart, lastAssistantMessageIsCompleteWithApprovalResponses } from "ai";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

const api = "/api/chat";
const id = location.hash.substring(1) || crypto.randomUUID();
location.hash = id;

// The server stores a turn when it is complete: the page remembers the question until then
const question = {
	remember(messages, text) {
		sessionStorage.setItem(id, JSON.stringify({ before: messages.length, text }));
	},
	forget() {
		sessionStorage.removeItem(id);
	},
	pending(stored) {
		const { before, text } = JSON.parse(sessionStorage.getItem(id) ?? "{}");
		return text && stored.length <= before ? [{ id: "pending", role: "user", parts: [{ type: "text", text }] }] : [];
	}
};

async function loadMessages() {
	const response = await fetch(`${api}/${id}`);
	return response.ok ? response.json() : [];
}

function Page({ stored }) {
	const [resuming, setResuming] = useState(true);
	const { messages, setMessages, sendMessage, regenerate, resumeStream, stop, addToolApprovalResponse, status, error } = useChat({
		id,
		messages: [...stored, ...question.pending(stored)],
		transport: new DefaultChatTransport({ api }),
		sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
		onFinish: question.forget
	});
	useEffect(() => {
		resumeStream().then(async () => {
			if (question.pending(stored).length > 0) {
				// It has ended since the messages were loaded
				question.forget();
				setMessages(await loadMessages());
			}
			setResuming(false);
		});
	}, []);
	const busy = status === "submitted" || status === "streaming";
	function send(message) {
		question.remember(messages, message.text);
		sendMessage(message);
	}
	function cancel() {
		fetch(`${api}/${id}/stream`, { method: "DELETE" });
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
			{resuming && busy && <p role="status">Continuing the response …</p>}
			{error && <p role="alert">{error.message}</p>}
			<Composer busy={busy} send={send} stop={cancel}
				regenerate={messages.length > 0 && !busy ? regenerate : undefined} />
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
			{regenerate && <button id="regenerate" type="button" onClick={() => regenerate()}>Again</button>}
		</form>
	);
}

loadMessages().then((stored) => createRoot(document.getElementById("page")).render(<Page stored={stored} />));
