import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../problem.ts';
import { findingsIn } from '../testing/findings.ts';
import { MUTABLE_DIALECTS, type MutableDialect } from '../testing/mutators/dialects.ts';
import type { Mutator } from '../testing/mutators/mutator.ts';
import { DIALECT_RULES } from './rules.ts';

type Stream = MutableDialect['streams'][number] & { clean: Problem[] };

const dialects = MUTABLE_DIALECTS.map(({ id, mutators, streams }) => ({
  ...{ id, mutators },
  streams: streams.map((one): Stream => ({ ...one, clean: findingsIn(one.stream.bytes()) })),
}));

/** What is found beyond what was found before, by rule. */
function freshIn(before: readonly Problem[], after: readonly Problem[]): Problem[] {
  const known = before.map(({ rule, severity }) => `${rule} ${severity}`);
  return after.filter(({ rule, severity }) => {
    const at = known.indexOf(`${rule} ${severity}`);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}

const line = ({ rule, severity, seq, message }: Problem): string =>
  `${rule} ${severity} ${seq}: ${message}`;

/** The rule is reported at the event, and nothing else is. */
function expectReport(mutator: Mutator, { name, stream, clean }: Stream, at: number): void {
  const copy = stream.copy();
  const seq = mutator.apply(copy, at);
  const fresh = freshIn(clean, findingsIn(copy.bytes()));
  if (fresh.length === 1 && fresh[0]!.rule === mutator.rule && fresh[0]!.seq === seq) return;
  const where = `${mutator.rule} (${mutator.does}) at event ${at} of ${name}`;
  expect.fail(`${where}: expected it at event ${seq}, got\n${fresh.map(line).join('\n')}`);
}

describe.each(dialects)('$id: a recording that breaks one rule', ({ mutators, streams }) => {
  test.each(mutators.map((mutator) => [mutator.rule, mutator.does, mutator] as const))(
    '%s: %s',
    (_rule, _does, mutator) => {
      const places = streams.flatMap((one) =>
        mutator.places(one.stream).map((at) => [one, at] as const),
      );
      expect(places.length, 'events it can be done to').toBeGreaterThan(0);
      fc.assert(
        fc.property(fc.nat(places.length - 1), (draw) => expectReport(mutator, ...places[draw]!)),
        { numRuns: Math.min(12, places.length) },
      );
    },
  );
});

test('there is a mutator for each rule', () => {
  const broken = new Set(dialects.flatMap(({ mutators }) => mutators.map(({ rule }) => rule)));
  expect(DIALECT_RULES.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
});
