import type { CapturedRequest } from './capture.ts';
import { isObject, parseJson } from './json.ts';

/** Paths that answer as a whole, whatever stands in the body: Gemini's methods, and what makes no text. */
const WHOLE =
  /:(?:generateContent|countTokens|embedContent|batchEmbedContents|predict)$|\/(?:embeddings|moderations|models|files|batches|count_tokens|input_tokens)$/;
const STREAMED = /:stream(?:Raw)?[A-Z]\w*$|\/(?:converse-stream|invoke-with-response-stream)$/;
/** Ollama streams where it is not told otherwise. */
const OLLAMA = /\/api\/(?:chat|generate|pull|push|create)$/;

/**
 * Whether a request asked for a stream, by its path, its query (`stream=true`, Gemini's `alt=sse`), what it accepts and its
 * body (`stream`; speech has `stream_format`). Null where nothing says it: a body that is no JSON object.
 */
export function asksForStream(
  request: Pick<CapturedRequest, 'method' | 'url' | 'headers' | 'body'> | null,
): boolean | null {
  if (!request) return null;
  const [address = '', query = ''] = request.url.split('#', 1)[0]!.split('?', 2);
  if (STREAMED.test(address) || /(?:^|&)(?:stream=true|alt=sse)(?:&|$)/.test(query)) return true;
  const accept = request.headers.find(([name]) => name.toLowerCase() === 'accept')?.[1] ?? '';
  if (request.method !== 'POST') return /text\/event-stream/i.test(accept);
  const body = parseJson(request.body);
  if (!isObject(body)) return WHOLE.test(address) ? false : null;
  if (typeof body.stream === 'boolean') return body.stream;
  if (body.stream_format === 'sse') return true;
  return OLLAMA.test(address);
}
