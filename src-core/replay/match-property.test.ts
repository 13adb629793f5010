import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Choice } from './choice.ts';
import { missOf } from './match.ts';
import type { Matching } from './matching.ts';
import { RequestFacts } from './request-facts.ts';

/** A request by what it means, and by what it may look like. */
const request = fc.record({
  method: fc.constantFrom('POST', 'GET', 'DELETE'),
  tail: fc.constantFrom('responses', 'chat/completions', 'messages', 'completions'),
  base: fc.constantFrom('', '/v1', '/openai/v1', '/proxy/a/v1', '/v1beta'),
  query: fc.constantFrom('', '?a=b', '?api-version=preview'),
  model: fc.constantFrom('', 'm1', 'm2'),
  stream: fc.boolean(),
  input: fc.constantFrom('Hi', 'Ho'),
  isTurned: fc.boolean(),
});
type Meant = typeof request extends fc.Arbitrary<infer Kind> ? Kind : never;

const matching: fc.Arbitrary<Matching> = fc.record({
  method: fc.boolean(),
  path: fc.boolean(),
  model: fc.boolean(),
  body: fc.constantFrom('any' as const, 'exact' as const, 'fields' as const),
  fields: fc.constantFrom([], ['/input/0/text'], ['/input', '/model']),
  choice: fc.constantFrom('first' as const, 'calls' as const, 'turn' as const),
});

function facts({ method, tail, base, query, model, stream, input, isTurned }: Meant) {
  const members: [string, unknown][] = [
    ...(model === '' ? [] : [['model', model] as [string, unknown]]),
    ['stream', stream],
    ['input', [{ text: input }]],
  ];
  const body = JSON.stringify(Object.fromEntries(isTurned ? members.reverse() : members));
  return new RequestFacts({ method, url: `http://host${base}/${tail}${query}`, body });
}

/** Whether one is the answer of the other, by what they mean. */
function fits(asked: Meant, recorded: Meant, { method, path, model, body, fields }: Matching) {
  const same = (key: keyof Meant) => asked[key] === recorded[key];
  return (
    (!method || same('method')) &&
    (!path || (same('tail') && same('stream'))) &&
    (!model || same('model')) &&
    (body !== 'exact' || (same('model') && same('stream') && same('input'))) &&
    (body !== 'fields' || fields.length === 0 || same('input')) &&
    (body !== 'fields' || !fields.includes('/model') || same('model'))
  );
}

test('a recording answers what means the same, however it is written', () => {
  fc.assert(
    fc.property(request, request, matching, (asked, recorded, by) => {
      const miss = missOf(facts(asked), { kind: 'request', facts: facts(recorded) }, by);
      expect(miss === null).toBe(fits(asked, recorded, by));
      if (miss) expect(miss.reason()).not.toBe('');
    }),
    { numRuns: 500 },
  );
});

test('each request gets one that fits, in the order that was chosen, or the reason of each', () => {
  fc.assert(
    fc.property(
      fc.array(request, { maxLength: 6 }),
      fc.array(request, { maxLength: 12 }),
      matching,
      (recorded, asked, by) => {
        const choice = new Choice();
        const list = recorded.map((one, at) => ({
          id: String(at),
          answer: { kind: 'request' as const, facts: facts(one) },
        }));
        const served: number[] = [];
        for (const one of asked) {
          const { chosen, misses } = choice.choose(facts(one), list, by);
          const fitting = recorded.flatMap((of, at) => (fits(one, of, by) ? [at] : []));
          const left =
            by.choice === 'calls' ? fitting.filter((at) => !served.includes(at)) : fitting;
          // Served longest ago: of those never served, the first.
          const oldest = [...left].sort((a, b) => served.lastIndexOf(a) - served.lastIndexOf(b))[0];
          const expected = by.choice === 'turn' ? oldest : left[0];
          expect(chosen?.id).toBe(expected === undefined ? undefined : String(expected));
          if (expected !== undefined) served.push(expected);
          else expect(misses).toHaveLength(list.length);
          const distances = misses.map(({ miss }) => miss.distance);
          expect(distances).toEqual([...distances].sort((a, b) => a - b));
        }
      },
    ),
    { numRuns: 200 },
  );
});
