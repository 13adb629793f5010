import { expect } from 'vitest';
import type { Reply } from '../replay/reply.ts';
import { applyFaults } from '../faults/apply-faults.ts';
import type { Fault, FaultList } from '../faults/fault-list.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const SSE: [string, string][] = [['Content-Type', 'text/event-stream']];

/** A reply whose portions come 100 ms apart, the first after 100 ms. */
export function replyOf(chunks: readonly string[], headers: [string, string][] = SSE): Reply {
  const portions = chunks.map((text, at) => ({
    bytes: encoder.encode(text),
    atUs: (at + 1) * 100_000,
  }));
  return { status: 200, statusText: 'OK', headers, headAtUs: 5000, portions, ending: 'end' };
}

/** Four plain events, the first two in one chunk. */
export const FOUR = replyOf(['data: a\n\ndata: b\n\n', 'data: c\n\n', 'data: d\n\n']);
export const LINES = replyOf(
  ['{"a":0}\n{"a":1}\n', '{"a":2}\n'],
  [['content-type', 'application/x-ndjson']],
);
export const ARRAY = replyOf(
  ['[{"a":0},\n{"a":1}', ',\n{"a":2}]'],
  [['content-type', 'application/json']],
);

export const list = (...faults: Fault[]): FaultList => ({
  ...{ version: 1, name: 'test', seed: 7 },
  faults,
});
export const texts = ({ portions }: Reply) => portions.map(({ bytes }) => decoder.decode(bytes));
export const whole = (reply: Reply) => texts(reply).join('');
export const times = ({ portions }: Reply) => portions.map(({ atUs }) => atUs / 1000);

/** The reply after steps that all have to be applied. */
export function after(reply: Reply, ...faults: Fault[]): Reply {
  const { reply: changed, outcomes } = applyFaults(reply, list(...faults), 1);
  expect(outcomes.map(({ became, words }) => [became, words])).toEqual(
    faults.map(() => ['applied', expect.any(String)]),
  );
  return changed;
}

/** Why a step did nothing. */
export function whyNot(reply: Reply, fault: Fault): string {
  const { reply: same, outcomes } = applyFaults(reply, list(fault), 1);
  expect(outcomes[0]!.became).toBe('not applied');
  expect(same).toEqual(reply);
  return outcomes[0]!.words;
}
