import { functionOf } from '../../src-core/dialects/function-name.ts';
import { GrowingDocument } from '../../src-core/growing/growing-document.ts';
import { writingAt } from '../../src-core/provenance/writings.ts';
import { judgedLanes } from '../../src-core/schema-check/judged-lanes.ts';
import { SchemaSources } from '../../src-core/schema-check/source.ts';
import { shownText } from '../../src-core/shown-name.ts';
import { Refusal } from '../../src-main/refusal.ts';
import { chosenLanes, type LaneChoice, laneName } from '../output/chosen-lanes.ts';
import { lastEvents, type WholeStream } from '../stream/whole-stream.ts';
import type { AskedStream } from './asked-stream.ts';
import { type Assertion, failed, type Outcome, PASSED, unasked } from './assertion.ts';
import { judged } from './judge.ts';

/** What a text of a stream is to fit. */
interface Asked {
  lane: number;
  /** The schema as a JSON text. */
  schema: string;
}

/** A schema that a person named. */
export interface GivenSchema {
  /** As it was named, for people. */
  name: string;
  text: string;
}

/** The outputs of each response fit a schema that was given. */
export function fitsSchema({ name, text }: GivenSchema, lanes: readonly LaneChoice[]): Assertion {
  return {
    name: `output fits ${name}`,
    kind: 'schema',
    ask(asked) {
      const meant = givenLanes(asked.stream, lanes);
      return judgeAll(
        asked,
        meant.map((lane) => ({ lane, schema: text })),
      );
    },
  };
}

/** Texts and arguments fit the schemas that they were asked for with. Nothing is asked where there are none. */
export function fitsOwnSchemas(lanes: readonly LaneChoice[]): Assertion {
  return {
    name: 'output fits its schema',
    kind: 'schema',
    ask(asked) {
      const { isAskedFor, texts } = ownLanes(asked, lanes);
      return isAskedFor || texts.length > 0 ? judgeAll(asked, texts) : null;
    },
  };
}

/** Those that are meant; without a choice the texts of each response, or where it has none its calls. */
function givenLanes({ index }: WholeStream, choices: readonly LaneChoice[]): number[] {
  const all = chosenLanes(index, choices.length > 0 ? choices : [{ kind: null, address: null }]);
  if (choices.length > 0) return all;
  const responses = new Set(all.map((lane) => index.lanes[lane]!.response));
  return [...responses].flatMap((response) => {
    const among = all.filter((lane) => index.lanes[lane]!.response === response);
    return judgedLanes(index.lanes, among, { kind: 'format', name: '' }, () => '');
  });
}

/** The lanes of a stream for which its request, or its response, has a schema. */
function ownLanes({ stream, source }: AskedStream, choices: readonly LaneChoice[]) {
  const { index } = stream;
  const chosen = new Set(
    chosenLanes(index, choices.length > 0 ? choices : [{ kind: null, address: null }]),
  );
  const texts: Asked[] = [];
  let isAskedFor = false;
  for (const [response, seq] of lastEvents(stream).entries()) {
    const root = stream.snapshotAt(seq);
    const sources = new SchemaSources(source.capture?.request?.body ?? null, root ?? undefined);
    const calls = index.lanes.some(
      (lane) => lane.response === response && lane.kind === 'function_arguments',
    );
    // Who calls a function need not have answered yet.
    isAskedFor ||= sources.format !== null && !calls && choices.length === 0;
    for (const lane of chosen) {
      const own = index.lanes[lane]!;
      if (own.response !== response || own.text.trim() === '') continue;
      const name = own.kind === 'function_arguments' ? functionOf(index.dialect, root, own) : null;
      const found = name !== null ? sources.parametersOf(name) : null;
      const schema = own.kind === 'output_text' ? sources.format : found;
      if (schema) texts.push({ lane, schema: JSON.stringify(schema.schema) });
    }
  }
  return { isAskedFor, texts };
}

/** The first text that does not fit says why. */
async function judgeAll({ stream, last }: AskedStream, texts: readonly Asked[]): Promise<Outcome> {
  if (texts.length === 0) {
    const refusals = chosenLanes(stream.index, [{ kind: 'refusal', address: null }]);
    const said = refusals.map((lane) => stream.index.lanes[lane]!.text).join(' ');
    if (said !== '') return failed(`The model refused: ${JSON.stringify(said.slice(0, 200))}.`);
    return failed('There is no output to be judged.', last);
  }
  for (const one of texts) {
    const outcome = await judgeOne(stream, one);
    if (outcome.kind !== 'passed') return outcome;
  }
  return PASSED;
}

async function judgeOne({ index }: WholeStream, { lane, schema }: Asked): Promise<Outcome> {
  const { text } = index.lanes[lane]!;
  const name = laneName(index.lanes[lane]!);
  const document = new GrowingDocument();
  document.append(text);
  const placeOf = (length: number) => writingAt(index, lane, length - 1);
  const { state, brokenAt } = document.at(text.length);
  if (state !== 'complete') {
    const begins = JSON.stringify(shownText(text.slice(0, 60)));
    return state === 'open'
      ? failed(`${name} ends before its JSON does.`, placeOf(text.length))
      : failed(`${name} is no JSON: it begins with ${begins}.`, placeOf(brokenAt + 1));
  }
  try {
    const { valid, errors, errorCount } = await judged(schema, text);
    if (valid) return PASSED;
    const details = errors.map(({ pointer, message }) => `${pointer || 'the whole'} ${message}`);
    const more = errorCount > errors.length ? [`${errorCount - errors.length} more`] : [];
    const node = document.find(errors[0]?.pointer ?? '');
    const end = node < 0 ? text.length : document.endOf(node);
    const [first = ''] = details;
    const others = errorCount > 1 ? `, and ${errorCount - 1} more` : '';
    return failed(`${name}: ${first}${others}.`, placeOf(end), [...details, ...more]);
  } catch (error) {
    if (error instanceof Refusal) return unasked(error.message);
    throw error;
  }
}
