import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../problem.ts';
import { findingsIn } from '../testing/findings.ts';
import type { EditableStream } from '../testing/mutators/editable-stream.ts';
import type { Mutator } from '../testing/mutators/mutator.ts';
import { MUTATORS } from '../testing/mutators/mutators.ts';
import { mutableRecordings } from '../testing/mutators/recordings.ts';
import { requestFacts } from './request-facts.ts';
import { RESPONSE_RULES } from './rules.ts';
import { WIRE_RULES } from './wire.ts';

const recordings = mutableRecordings();

interface Place {
  name: string;
  stream: EditableStream;
  at: number;
}

/**
 * All events of all recordings at which the mutator can do what it does; of long recordings only where no
 * other has such an event.
 */
function placesOf(mutator: Mutator): Place[] {
  const places = (isLong: boolean): Place[] =>
    recordings
      .filter((recording) => recording.isLong === isLong)
      .flatMap(({ name, stream }) => mutator.places(stream).map((at) => ({ name, stream, at })));
  const found = places(false);
  return found.length > 0 ? found : places(true);
}

const options = ({ request }: Mutator) => ({ request: requestFacts(request ?? null) });

const cleanFindings = new Map<string, Problem[]>();
function cleanOf(mutator: Mutator, { name, stream }: Place): Problem[] {
  const key = `${name} ${mutator.request?.url ?? ''}`;
  let found = cleanFindings.get(key);
  if (!found) {
    found = findingsIn(stream.bytes(), options(mutator));
    cleanFindings.set(key, found);
  }
  return found;
}

/** What is found beyond what was found before, told apart by rule and message. */
function freshIn(before: readonly Problem[], after: readonly Problem[]): Problem[] {
  const known = before.map(({ rule }) => rule);
  return after.filter(({ rule }) => {
    const at = known.indexOf(rule);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}

const line = ({ rule, severity, seq, message }: Problem): string =>
  `${rule} ${severity} ${seq}: ${message}`;

/** The rule is reported at the event, and nothing else is. */
function expectReport(mutator: Mutator, place: Place): void {
  const { rule, does, more = 0 } = mutator;
  const stream = place.stream.copy();
  const seq = mutator.apply(stream, place.at);
  const bytes = stream.bytes();
  const fresh = freshIn(cleanOf(mutator, place), findingsIn(bytes, options(mutator)));
  const own = fresh.filter((problem) => problem.rule === rule);
  const isRight = own[0]?.seq === seq && own.length <= 1 + more && own.length === fresh.length;
  if (isRight) return;
  const where = `${rule} (${does}) at event ${place.at} of ${place.name}`;
  expect.fail(`${where}: expected it at event ${seq}, got\n${fresh.map(line).join('\n')}`);
}

describe('a recording that breaks one rule', () => {
  test.each(MUTATORS.map((mutator) => [mutator.rule, mutator.does, mutator] as const))(
    '%s: %s',
    (_rule, _does, mutator) => {
      const places = placesOf(mutator);
      expect(places.length, 'recordings it can be done to').toBeGreaterThan(0);
      fc.assert(
        fc.property(fc.nat(places.length - 1), (draw) => expectReport(mutator, places[draw]!)),
        { numRuns: Math.min(8, places.length) },
      );
    },
  );
});

describe('mutators', () => {
  test('there is one for each rule', () => {
    const broken = new Set(MUTATORS.map(({ rule }) => rule));
    const unproven = [...WIRE_RULES, ...RESPONSE_RULES].filter(({ id }) => !broken.has(id));
    // A frame of more than 64 MiB: `frame-limit.test.ts` has one.
    expect(unproven.map(({ id }) => id)).toEqual(['W18']);
  });

  test('what is not touched keeps its bytes', () => {
    for (const { name, bytes, stream } of recordings) {
      expect(Buffer.from(stream.bytes()).equals(bytes), name).toBe(true);
    }
  });
});
