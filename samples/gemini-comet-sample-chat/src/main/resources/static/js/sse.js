/**
 * Reads server-sent events from the body of a fetch. EventSource can neither post a question nor tell a failure from
 * an end, so the page reads the stream itself.
 */

/**
 * Yields { event, data, id } for each event that has data or an id, as soon as its last byte is here, however the bytes were cut into chunks.
 * @param {ReadableStream<Uint8Array>} body the body of the response
 */
export async function* serverSentEvents(body) {
	let event = noEvent();
	for await (const line of lines(body)) {
		if (line === '') {
			if (event.data.length > 0 || event.id) {
				yield { event: event.name || 'message', data: event.data.join('\n'), id: event.id };
			}
			event = noEvent();
			continue;
		}
		const colon = line.indexOf(':');
		if (colon === 0) {
			continue; // a comment, sent to keep the connection alive
		}
		const field = (colon < 0) ? line : line.slice(0, colon);
		const value = (colon < 0) ? '' : line.slice(colon + 1).replace(/^ /, '');
		switch (field) {
			case 'event': event.name = value; break;
			case 'data': event.data.push(value); break;
			case 'id': event.id = value; break;
		}
	}
}

function noEvent() {
	return { name: '', data: [], id: '' };
}

async function* lines(body) {
	const lineEnd = /\r\n|\n|\r(?!$)/g; // the line feed of a last carriage return may be in the next chunk
	let rest = '';
	for await (const chunk of chunks(body)) {
		let start = 0;
		lineEnd.lastIndex = Math.max(0, rest.length - 1);
		rest += chunk;
		while (lineEnd.test(rest)) {
			const line = rest.slice(start, lineEnd.lastIndex).replace(/\r?\n$|\r$/, '');
			start = lineEnd.lastIndex;
			yield line;
		}
		rest = rest.slice(start);
	}
	if (rest.endsWith('\r')) {
		yield rest.slice(0, -1);
	}
}

async function* chunks(body) {
	const reader = body.pipeThrough(new TextDecoderStream()).getReader();
	try {
		for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
			yield value;
		}
	}
	finally {
		reader.cancel().catch(() => {});
	}
}
