import { laneAddress } from '../../src-core/index/event-index.ts';
import type { SchemaError } from '../../src-core/schema-check/frame.ts';
import { schemaWord } from '../../src-core/schema-check/verdict.ts';
import type { LaneCheck } from '../state/lane-check.ts';
import type { SchemaChecks } from '../state/schema-checks.svelte.ts';
import type { LaneView } from './lane-views.ts';
import type { TextMark } from './pieces.ts';
import type { Verdict } from './verdicts.ts';

/** Errors that are marked in a text, and listed in a menu. */
const SHOWN = 100;
const LISTED = 30;

const TONES = {
  'valid so far': 'muted',
  valid: 'good',
  invalid: 'bad',
  refusal: 'warn',
  truncated: 'warn',
  'not JSON': 'bad',
  'not judged in full': 'warn',
} as const;

/** What is said of the lanes by the schemas that they were asked for with; nothing of others. */
export function schemaVerdicts(
  schemas: SchemaChecks,
  seq: number,
  lanes: readonly LaneView[],
  isLast: boolean,
): Verdict[] {
  const verdicts: Verdict[] = [];
  const checks = lanes.map(({ number }) => schemas.of(number));
  const several = checks.filter((one) => one !== null).length > 1;
  lanes.forEach(({ lane, number, length }, at) => {
    const one = checks[at]!;
    const refused = lane.kind === 'refusal' && length > 0 ? schemas.formatAt(seq) : null;
    if (refused)
      verdicts.push({
        key: `${number}schema`,
        tone: TONES.refusal,
        text: `${refused.name}: refusal`,
        title: 'The model refused: there is no output to be checked by the schema.',
      });
    if (!one || length === 0) return;
    const name = several ? `${one.source.name} ${laneAddress(lane)}` : one.source.name;
    verdicts.push({ key: `${number}schema`, ...verdictOf(one, name, length, isLast) });
  });
  return verdicts;
}

function verdictOf(
  one: LaneCheck,
  name: string,
  shown: number,
  isLast: boolean,
): Omit<Verdict, 'key'> {
  const { check, whole } = one;
  const length = one.judgedLength(shown, isLast);
  const judged = isLast && whole && 'valid' in whole ? whole : null;
  const word = schemaWord(check, length, isLast, judged?.valid ?? null);
  const tone = TONES[word];
  const { errors, silences } = check.at(length);
  const reasons = silences.map(({ schemaPath, reason }) => `${schemaPath}: ${reason}`);
  if (whole && 'refused' in whole && isLast) reasons.push(whole.refused);
  const unsaid = reasons.length > 0 ? `Not judged while it streams. ${reasons.join(' ')}` : '';
  if (word !== 'invalid') {
    const title = unsaid || `Checked by the JSON Schema ${one.source.name}, as values are closed`;
    return { tone, text: `${name}: ${word}`, title };
  }
  const faults = errors.map((error) => faultOf(one, error));
  const pointers = new Set(faults.map(({ pointer }) => pointer));
  const paths = new Set(errors.map(({ schemaPath }) => schemaPath));
  // What the check of the stream has not found: keywords that it does not know.
  for (const { pointer, schemaPath, message } of judged?.errors ?? [])
    if (!pointers.has(pointer) && !paths.has(schemaPath))
      faults.push({ pointer, message, seq: null });
  const [first] = faults;
  if (!first) return { tone, text: `${name}: ${word}`, title: unsaid };
  const at = first.seq === null ? '' : ` (event ${first.seq})`;
  return {
    tone,
    text: `${name}: invalid at ${placeOf(first.pointer)}${at}`,
    title: `${placeOf(first.pointer)} ${first.message}`,
    seq: first.seq,
    faults: faults.slice(0, LISTED),
  };
}

/** A thing that is wrong, as it is listed. */
export interface Fault {
  pointer: string;
  message: string;
  /** The event with which it was certain, null where only the whole text told. */
  seq: number | null;
}

function faultOf(one: LaneCheck, { node, message, length }: SchemaError): Fault {
  return { pointer: one.check.document.pointerOf(node), message, seq: one.seqOf(length) };
}

export function placeOf(pointer: string): string {
  return pointer || 'the root';
}

/** Values that are wrong, by their nodes, in words. */
export function faultyNodes(one: LaneCheck | null, length: number): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { node, message } of one?.check.at(length).errors.slice(0, SHOWN) ?? []) {
    const before = found.get(node);
    found.set(node, before ? `${before}; ${message}` : `Invalid: ${message}`);
  }
  return found;
}

/** The same as ranges of the text: of a container its first character, of a wrong key the key. */
export function faultMarks(one: LaneCheck | null, length: number): TextMark[] {
  const marks: TextMark[] = [];
  if (!one) return marks;
  const { document } = one.check;
  const prefix = document.at(length);
  for (const [node, text] of faultyNodes(one, length)) {
    const key = document.keyRangeOf(node);
    const start = document.startOf(node);
    if (start < 0 || start >= length) {
      if (key) marks.push({ from: key[0], to: key[1], kind: 'invalid', text });
      continue;
    }
    const kind = document.kindOf(node);
    const isContainer = kind === 'object' || kind === 'array';
    const to = isContainer ? start + 1 : prefix.endOf(node);
    marks.push({ from: start, to, kind: 'invalid', text });
  }
  return marks;
}

/** What is wrong with something that is drawn, for who points at it and for who hears it. */
export function faultWords(fault: string | undefined): { title?: string } {
  // Svelte's types don't know the attribute yet.
  return fault ? { title: fault, ...{ 'aria-description': fault } } : {};
}
