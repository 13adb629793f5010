import type { Call } from '../command.ts';
import { InputError } from '../failure.ts';
import { refuseOtherJson } from '../stream/other-json.ts';
import type { Source } from '../sources/source.ts';
import { readWhole, type WholeStream } from '../stream/whole-stream.ts';
import { AskedStream } from './asked-stream.ts';
import type { AssertedStream, Assertion, TestCase } from './assertion.ts';

/** Characters of the answer that a report may show. */
const SHOWN = 4000;

/**
 * Reads a stream and asks each assertion about it.
 * @throws InputError where it can't be read or holds no event, unless it is a capture, whose end tells why
 */
export async function ask(
  { console, values }: Call,
  source: Source,
  assertions: readonly Assertion[],
): Promise<AssertedStream> {
  const began = console.now();
  const stream = await streamOf(source, values);
  const asked = new AskedStream(stream, values);
  const cases: TestCase[] = [];
  for (const { name, kind, ask } of assertions) {
    const from = console.now();
    const outcome = await ask(asked);
    if (!outcome) continue;
    const place = outcome.kind === 'passed' ? null : outcome.place;
    const line = place && asked.lineOf(place);
    cases.push({ name, kind, outcome, line, tookUs: console.now() - from });
  }
  const { name, path } = source;
  return { name, path, cases, tookUs: console.now() - began, text: asked.text(SHOWN) };
}

async function streamOf(source: Source, values: Call['values']): Promise<WholeStream> {
  let grown: WholeStream | null = null;
  try {
    const { stream } = await readWhole(source, values, async (one) => void (grown = one));
    refuseOtherJson(source, values, stream.index, () => stream.bytes.slice(0, 400));
    return stream;
  } catch (error) {
    // A request that failed has no events: that it failed is what there is to ask about.
    if (error instanceof InputError && source.capture?.end && grown) return grown;
    throw error;
  }
}
