import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replyOf } from '../replay/reply-of.ts';
import type { Reply } from '../replay/reply.ts';
import { recordings } from '../testing/recordings.ts';
import { applyFaults } from './apply-faults.ts';
import { changedRows } from './changed-rows.ts';
import { FAULT_NAMES, kindOf, type Parameter } from './fault-kinds.ts';
import { type Fault, isFaultList } from './fault-list.ts';
import { faultsText, parseFaults } from './parse-faults.ts';
import { previewFaults } from './preview-faults.ts';

/** Short recordings of every dialect and framing, in chunks of 700 bytes that come every 50 ms. */
const replies: readonly Reply[] = (['.sse', '.jsonl', '.ndjson', '.json'] as const)
  .flatMap((extension) => recordings(extension))
  .filter(({ bytes }) => bytes.length < 12_000)
  .map(({ bytes }) => {
    const chunks = Array.from({ length: Math.ceil(bytes.length / 700) }, (_, at) => ({
      timeUs: at * 50_000,
      size: Math.min(700, bytes.length - at * 700),
    }));
    const none = { request: null, response: null, timing: null, end: null, wire: null };
    return replyOf({ ...none, body: bytes, chunks });
  });

const choice = fc.constantFrom<(string | number)[]>(
  ...[0, 1, 3, 40, 'last', '50%', '100%', '0..', '2..5', '1, last', 'type:*', 'type:*.delta'],
);

function valueOf({ type }: Parameter): fc.Arbitrary<string | number> {
  switch (type.is) {
    case 'event':
    case 'events':
      return choice;
    case 'choice':
      return fc.constantFrom(...type.of);
    case 'text':
      return fc.constantFrom('x', 'content-type');
    case 'whole': {
      const { least, most, word } = type;
      const number = fc.constantFrom(
        least,
        Math.max(least, Math.min(most, 7)),
        Math.min(most, 900),
      );
      return word === undefined ? number : fc.oneof(number, fc.constant(word));
    }
  }
}

const fault: fc.Arbitrary<Fault> = fc.constantFrom(...FAULT_NAMES).chain((kind) => {
  const parameters = Object.entries<Parameter>(kindOf(kind).parameters);
  const values = parameters.map(([name, parameter]) => [name, valueOf(parameter)] as const);
  const needed = parameters.flatMap(([name, { fallback, optional }]) =>
    fallback === undefined && !optional ? [name] : [],
  );
  return fc
    .record<Record<string, unknown>>(Object.fromEntries(values), { requiredKeys: needed })
    .map((given) => ({ kind, ...given }) as unknown as Fault);
});
const lists = fc
  .record({ seed: fc.nat(1000), faults: fc.array(fault, { maxLength: 5 }) })
  .map(({ seed, faults }) => ({ version: 1 as const, name: 'any', seed, faults }));

const bodyOf = ({ portions }: Reply) => Buffer.concat(portions.map(({ bytes }) => bytes));

test('any list over any recording is applied or says why not, in order of time', () => {
  expect(replies.length).toBeGreaterThan(40);
  fc.assert(
    fc.property(
      fc.constantFrom(...replies),
      lists,
      fc.integer({ min: 1, max: 9 }),
      (reply, list, request) => {
        expect(isFaultList(list)).toBe(true);
        const { reply: made, outcomes, marks } = applyFaults(reply, list, request);
        expect(outcomes).toHaveLength(list.faults.length);
        const { portions } = made;
        expect(portions.findIndex(({ atUs }, at) => at > 0 && atUs < portions[at - 1]!.atUs)).toBe(
          -1,
        );
        const length = portions.reduce((sum, { bytes }) => sum + bytes.length, 0);
        for (const { start, end, step } of marks) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(length);
          expect(outcomes[step]!.became).toBe('applied');
        }
        const again = applyFaults(reply, list, request);
        expect(again.outcomes).toEqual(outcomes);
        expect(Buffer.compare(bodyOf(again.reply), bodyOf(made))).toBe(0);
      },
    ),
    { numRuns: 150 },
  );
});

test('what is previewed has the bytes that are served, and rows for all its events', () => {
  fc.assert(
    fc.property(fc.constantFrom(...replies), lists, (reply, list) => {
      const { body, index, marks, reply: made } = previewFaults({ reply, known: {} }, list);
      const sent = made.headAtUs === Infinity ? [] : made.portions;
      expect(body.length).toBe(sent.reduce((sum, { bytes }) => sum + bytes.length, 0));
      const { rows, more } = changedRows(body, index, marks);
      const counted = rows.reduce(
        (sum, row) => sum + (row.is === 'event' ? 1 : row.is === 'same' ? row.count : 0),
        more,
      );
      expect(counted).toBe(index.count);
    }),
    { numRuns: 60 },
  );
});

test('a list that is written is read again', () => {
  fc.assert(
    fc.property(lists, (list) => {
      expect(parseFaults(faultsText(list))).toEqual({ ok: true, list });
    }),
  );
});
