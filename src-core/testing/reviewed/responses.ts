import { isObject, type JsonValue } from '../../json.ts';

const noBeginning = /expected 'response.created' event/;
const unknownToIt = /Unhandled response stream event/;

/** Where the official client gives up on a recording, whole or cut, and what it says. */
export const givesUp: Record<string, RegExp> = {
  // A stream resumed in its middle.
  'dotnet-canstreambackgroundresponsesasync-1.sse': noBeginning,
  'pyd-openai-responses-test-backgrou-ode-streaming-starting-after-vcr-1.sse': noBeginning,
  // Hand-made: `response.in_progress` brings a response without output.
  'prism-openai-stream-multiple-output-items-1.sse': /output is not iterable/,
  // It throws at the `error` event, before the terminal one.
  'prism-openai-stream-rate-limited-1.sse': /Request too large/,
  'pyd-openai-responses-websocket-test-ws-error-event-raises.jsonl': /not found/,
  'vercel-openai-error.1.jsonl': /exceeded your current quota/,
  // It throws on event types that it does not list.
  'vercel-openai-apply-patch-tool.1.jsonl': unknownToIt,
  'vercel-openai-shell-skills.1.jsonl': unknownToIt,
  // Hand-made: the first line is no JSON.
  'vercel-openai-parallel-tool-call-wrapper.1.jsonl': /in JSON at position/,
};

/** An output less what the client adds to it. */
export function withoutParsed(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(withoutParsed);
  if (!isObject(value)) return value as JsonValue;
  const left = Object.entries(value).filter(
    ([name]) => name !== 'parsed' && name !== 'parsed_arguments',
  );
  return Object.fromEntries(left.map(([name, field]) => [name, withoutParsed(field)]));
}
