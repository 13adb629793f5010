import type { CaptureMeta, RunFacts, RunVerdict } from '../../src-core/capture.ts';
import { GrowingDocument } from '../../src-core/growing/growing-document.ts';
import { functionOf as functionOfLane } from '../../src-core/dialects/function-name.ts';
import { isObject, parseJson, stringOf } from '../../src-core/json.ts';
import { usageAt } from '../../src-core/latency/usage.ts';
import { writingAt } from '../../src-core/provenance/writings.ts';
import { planOf } from '../../src-core/schema-check/compile.ts';
import { judgedLanes } from '../../src-core/schema-check/judged-lanes.ts';
import { SchemaCheck } from '../../src-core/schema-check/schema-check.ts';
import { schemaWord } from '../../src-core/schema-check/verdict.ts';
import type { WholeVerdict } from '../../src-ipc/contract.ts';
import { Refusal } from '../refusal.ts';
import type { CapturePaths } from '../captures/capture-folder.ts';
import { readCapture, type ReadCapture } from './read-capture.ts';
import type { TaskRunner } from './task-runner.ts';

/** By what an output is judged. */
export interface RunSchema {
  /** As it was written. */
  text: string;
  kind: 'format' | 'tool';
  /** Of the function, where it is one. */
  name: string;
}

/**
 * What a capture that has ended comes to by a schema: its verdict, the first value that is wrong with
 * the event that closed it, times and tokens. The last response of the capture is meant.
 * @throws system errors of reading
 */
export async function runFacts(
  paths: CapturePaths,
  meta: CaptureMeta,
  schema: RunSchema,
  tasks: TaskRunner,
): Promise<RunFacts> {
  const capture = await readCapture(paths, meta);
  const judged = await judge(capture, meta, schema, tasks);
  const { index } = capture;
  const first = firstText(capture);
  const usage = index.count > 0 ? usageAt(index, capture, index.count - 1) : null;
  return {
    ...judged,
    firstTextUs: meta.timed && first !== null ? index.columns.timeUs[first]! : null,
    totalUs: meta.timed ? (meta.end?.atUs ?? null) : null,
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
  };
}

type Judgement = Omit<RunFacts, 'firstTextUs' | 'totalUs' | 'inputTokens' | 'outputTokens'>;
const NOTHING: Omit<Judgement, 'verdict'> = {
  pointer: null,
  seq: null,
  certainSeq: null,
  schemaPath: null,
  message: '',
  errors: 0,
};

/** Of several texts the worst counts. */
const RANK: readonly RunVerdict[] = ['invalid', 'not JSON', 'truncated', 'not judged', 'valid'];

async function judge(
  capture: ReadCapture,
  meta: CaptureMeta,
  schema: RunSchema,
  tasks: TaskRunner,
): Promise<Judgement> {
  const { index } = capture;
  const isStopped = meta.end?.kind === 'aborted' || meta.end?.kind === 'disconnected';
  const lanes = lanesOf(capture, schema);
  if (isRefused(capture)) {
    const said = lanes.map((lane) => index.lanes[lane]!.text).join(' ');
    const message = said.slice(0, 500) || 'The model refused.';
    return { ...NOTHING, verdict: 'refusal', seq: index.count - 1, message };
  }
  const judgements: Judgement[] = [];
  for (const lane of lanes) judgements.push(await judgeLane(capture, lane, schema, tasks));
  judgements.sort((a, b) => RANK.indexOf(a.verdict) - RANK.indexOf(b.verdict));
  const [worst] = judgements;
  if (worst) {
    // A text that the person or the connection cut is no fault of the model's.
    if (worst.verdict === 'truncated' && isStopped)
      return { ...NOTHING, verdict: 'failed', message: meta.end!.message };
    // All that is wrong is listed below the outputs: of all of them.
    return { ...worst, errors: judgements.reduce((sum, { errors }) => sum + errors, 0) };
  }
  const refused = index
    .lanesAt(index.count - 1)
    .find((lane) => index.lanes[lane]!.kind === 'refusal');
  if (refused !== undefined && index.lanes[refused]!.text !== '') {
    const { text, firstSeq } = index.lanes[refused]!;
    return { ...NOTHING, verdict: 'refusal', seq: firstSeq, message: text.slice(0, 500) };
  }
  if (index.streamStatus === 'incomplete')
    return {
      ...NOTHING,
      verdict: 'truncated',
      seq: index.count - 1,
      message: 'It ended before any text.',
    };
  return { ...NOTHING, verdict: 'failed', message: failureOf(capture, meta, schema) };
}

/** Messages has no text of its own for a refusal: the reason why the message stopped tells it. */
function isRefused(capture: ReadCapture): boolean {
  const { index } = capture;
  if (index.count === 0 || index.dialect !== 'messages') return false;
  return capture.snapshotAt(index.count - 1)?.stop_reason === 'refusal';
}

/** The lanes of the last response that a schema is about. */
function lanesOf(capture: ReadCapture, { kind, name }: RunSchema): number[] {
  const { index } = capture;
  if (index.count === 0) return [];
  const among = index.lanesAt(index.count - 1);
  return judgedLanes(index.lanes, among, { kind, name }, (lane) => functionOf(capture, lane));
}

function functionOf(capture: ReadCapture, lane: number): string {
  const own = capture.index.lanes[lane]!;
  return functionOfLane(capture.index.dialect, capture.snapshotAt(own.firstSeq), own);
}

/** Happenings of a document that are checked before others have their turn. */
const STEP = 20_000;

async function judgeLane(
  capture: ReadCapture,
  lane: number,
  schema: RunSchema,
  tasks: TaskRunner,
): Promise<Judgement> {
  const { index } = capture;
  const { text } = index.lanes[lane]!;
  const document = documentOf(capture, lane, text);
  const root = parseJson(schema.text);
  const check = new SchemaCheck(planOf(isObject(root) ? root : {}), document);
  while (!check.advance(STEP)) await new Promise((resolve) => setImmediate(resolve));
  const seqOf = (length: number) => writingAt(index, lane, length - 1)?.seq ?? null;
  const prefix = document.at(text.length);
  const whole = prefix.state === 'complete' ? await wholeOf(schema.text, text, tasks) : null;
  const { errors, silences } = check.at(text.length);
  const word = schemaWord(check, text.length, true, whole && 'valid' in whole ? whole.valid : null);
  const lastSeq = seqOf(text.length);

  switch (word) {
    case 'not JSON': {
      const seq = seqOf(prefix.brokenAt + 1);
      const start = JSON.stringify(text.slice(0, 40));
      return {
        ...NOTHING,
        verdict: word,
        seq,
        certainSeq: seq,
        message: `It begins with ${start}.`,
      };
    }
    case 'truncated': {
      const message = 'The text ends before the JSON does.';
      return { ...NOTHING, verdict: word, pointer: prefix.openPointer, seq: lastSeq, message };
    }
    case 'invalid': {
      const [error] = errors;
      const count = Math.max(check.errorCount, whole && 'valid' in whole ? whole.errorCount : 0);
      if (error) {
        const pointer = document.pointerOf(error.node);
        return {
          verdict: word,
          pointer,
          seq: closedSeq(document, error.node, seqOf) ?? seqOf(error.length),
          certainSeq: seqOf(error.length),
          schemaPath: error.schemaPath,
          message: error.message,
          errors: count,
        };
      }
      // Only the validator of the whole text knew the keyword.
      const [first] = (whole as WholeVerdict).errors;
      const node = first ? document.find(first.pointer) : -1;
      return {
        verdict: word,
        pointer: first?.pointer ?? '',
        seq: node < 0 ? lastSeq : closedSeq(document, node, seqOf),
        certainSeq: lastSeq,
        schemaPath: first?.schemaPath ?? null,
        message: first?.message ?? '',
        errors: count,
      };
    }
    case 'valid':
      return { ...NOTHING, verdict: word };
    default: {
      const reasons = silences.map(({ schemaPath, reason }) => `${schemaPath}: ${reason}`);
      if (whole && 'refused' in whole) reasons.push(whole.refused);
      return { ...NOTHING, verdict: 'not judged', message: reasons.join(' ') };
    }
  }
}

function documentOf(capture: ReadCapture, lane: number, text: string): GrowingDocument {
  const known = capture.documents.of(lane);
  if (known) return known;
  const document = new GrowingDocument();
  document.append(text);
  return document;
}

/** The event that closed a value; a number is closed by what comes after it. */
function closedSeq(
  document: GrowingDocument,
  node: number,
  seqOf: (length: number) => number | null,
): number | null {
  const end = document.endOf(node);
  if (end < 0) return null;
  const isNumber = document.kindOf(node) === 'number';
  return seqOf(Math.min(document.length, end + (isNumber ? 1 : 0)));
}

async function wholeOf(
  schema: string,
  text: string,
  tasks: TaskRunner,
): Promise<WholeVerdict | { refused: string }> {
  try {
    return await tasks.run('judge', { schema, text });
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message };
    throw error;
  }
}

/** The event that brought the first character of an answer. */
function firstText({ index }: ReadCapture): number | null {
  let first: number | null = null;
  for (const { kind, text, seqs, firstSeq } of index.lanes) {
    if (text === '' || !['output_text', 'refusal', 'function_arguments'].includes(kind)) continue;
    const seq = seqs.length > 0 ? seqs.at(0) : firstSeq;
    if (first === null || seq < first) first = seq;
  }
  return first;
}

/** Why there is no output to judge. */
function failureOf(capture: ReadCapture, meta: CaptureMeta, { kind, name }: RunSchema): string {
  const { end } = meta;
  if (end && end.kind !== 'closed') return end.message;
  const { index } = capture;
  for (let seq = index.count - 1; seq >= 0 && seq > index.count - 5; seq--) {
    const event = capture.value(seq);
    const response = isObject(event) ? event.response : null;
    const error = isObject(response) ? response.error : isObject(event) ? event.error : null;
    if (isObject(error) && stringOf(error.message) !== '') return stringOf(error.message);
  }
  if (index.count === 0) return end?.message ?? 'There are no events.';
  return kind === 'tool' ? `The function ${name} was not called.` : 'There is no text.';
}
