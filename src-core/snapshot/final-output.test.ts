import { describe, expect, test } from 'vitest';
import { isObject, type JsonValue } from '../json.ts';
import { eventsOf, IndexedStream } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';

/**
 * Recordings whose final output is not what their events add up to, why, and the fields that differ
 * (`output`: the whole of it).
 */
const exceptions: Record<string, { reason: string; differs: string }> = {
  'pyd-openai-codex-agent-run-stream.sse': {
    reason: 'the Codex backend ends with `output: []` though it streamed items',
    differs: 'output',
  },
  'rig-codex-tool-args-unicode-arguments-streaming.sse': {
    reason: 'the Codex backend ends with `output: []` though it streamed items',
    differs: 'output',
  },
  'pyd-openai-responses-model-mcp-lis-stream-backfills-missing-results.sse': {
    reason: 'two lists of tools are never closed: their tools come in the final output only',
    differs: 'tools',
  },
  'vercel-openai-compatible-reasoning.1.jsonl': {
    reason: 'early xAI cuts the message off without an event: only the final output says so',
    differs: 'status',
  },
  'vercel-openai-github-copilot-id-rotation.1.jsonl': {
    reason: 'the proxy of GitHub Copilot gives every event a new id',
    differs: 'id',
  },
};

/**
 * An output less what servers encrypt anew for every event, what streamed log probabilities lack,
 * and the field that an exception is about.
 */
function comparable(value: JsonValue | undefined, without = ''): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((element) => comparable(element, without) ?? null);
  if (!isObject(value)) return value;
  const isLogprob = 'logprob' in value && 'token' in value;
  const left = Object.entries(value).filter(
    ([name]) =>
      !['encrypted_content', 'fingerprint', without].includes(name) &&
      !(isLogprob && name === 'bytes'),
  );
  return Object.fromEntries(left.map(([name, field]) => [name, comparable(field, without)]));
}

const terminalTypes = ['response.completed', 'response.incomplete', 'response.failed'];

/** The terminal events of a recording that bring an output. */
function terminalsOf(bytes: Uint8Array): { seq: number; output: JsonValue[] }[] {
  return eventsOf(bytes).flatMap(({ type, value }, seq) => {
    const response = terminalTypes.includes(type) && isObject(value) ? value.response : undefined;
    const output = isObject(response) ? response.output : undefined;
    return Array.isArray(output) ? [{ seq, output }] : [];
  });
}

const complete = responsesRecordings()
  .map(({ name, bytes }) => ({ name, bytes, terminals: terminalsOf(bytes) }))
  .filter(({ terminals }) => terminals.length > 0);

test('has complete recordings to work on', () => expect(complete.length).toBeGreaterThan(40));

describe('the output before the terminal event is that of the terminal event', () => {
  test.each(complete.map((one) => [one.name, one] as const))('%s', (name, { bytes, terminals }) => {
    const snapshots = new IndexedStream(bytes).snapshots();
    for (const { seq, output } of terminals) {
      const streamed = snapshots.at(seq - 1)?.output;
      const exception = exceptions[name];
      // An exception that is none any more has to go from the list.
      if (exception) expect(comparable(streamed)).not.toEqual(comparable(output));
      if (exception?.differs === 'output') expect(output).toEqual([]);
      else {
        const { differs } = exception ?? {};
        expect(comparable(streamed, differs)).toEqual(comparable(output, differs));
      }
    }
  });
});
