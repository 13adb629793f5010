import type { JsonDifference } from '../diff-json.ts';
import { type Alignment, alignEvents, type RowKind } from './alignment.ts';
import type { ComparedCapture } from './compared-capture.ts';
import { type EventDifference, eventDifferences } from './event-differences.ts';
import { EventKeys, KeyTable } from './event-keys.ts';
import { type FactRow, tableOf } from './table.ts';
import { factsOf } from './facts.ts';
import type { DiffKeys } from './match-keys.ts';
import {
  diffObjects,
  documentsOf,
  haveOneForm,
  objectPairs,
  textPairs,
  type TextPair,
} from './output.ts';
import { diffRequests, type RequestDifference } from './request-diff.ts';
import { diffText, type TextDifference } from './text-diff.ts';

/** A text of the output on both sides, and where it differs. */
export interface ComparedText extends TextPair {
  isSame: boolean;
  /** By words; null where one side has no such text. */
  text: TextDifference | null;
  /** Where both are JSON documents: where their values differ. */
  document: JsonDifference | null;
}

/** Everything that differs between two captures: plain data. */
export interface Comparison {
  names: [a: string, b: string];
  alignment: Alignment;
  /** Whether nothing of what is compared differs: events and texts. Times and request don't count. */
  isSame: boolean;
  differences: EventDifference[];
  texts: ComparedText[];
  /** The final objects, response by response, without what differs in every run; null across protocols. */
  objects: JsonDifference[] | null;
  request: RequestDifference | null;
  table: FactRow[];
}

/** Differences between events that are listed; all are counted. */
export const LISTED_DIFFERENCES = 1000;

/** Aligns the events of two captures that are read as a whole. */
export function alignCaptures(a: ComparedCapture, b: ComparedCapture, diff: DiffKeys): Alignment {
  const table = new KeyTable();
  const columnsOf = (capture: ComparedCapture) => {
    const keys = new EventKeys(capture, table);
    keys.readOn(Infinity);
    return keys.columns();
  };
  return alignEvents(columnsOf(a), columnsOf(b), diff);
}

/**
 * Compares two captures that have ended, at once.
 * @param diff `diffArrays` of the package `diff`
 */
export function compareCaptures(
  a: ComparedCapture,
  b: ComparedCapture,
  diff: DiffKeys,
): Comparison {
  const alignment = alignCaptures(a, b, diff);
  const texts = textPairs(a.index, b.index).map((pair) => comparedText(pair, a, b, diff));
  const { changed, lost, inserted } = alignment.counts;
  return {
    names: [a.name, b.name],
    alignment,
    isSame: changed + lost + inserted === 0 && texts.every(({ isSame }) => isSame),
    differences: eventDifferences(alignment, a, b, LISTED_DIFFERENCES),
    texts,
    objects: haveOneForm(a, b)
      ? objectPairs(a, b).map((pair) => diffObjects(pair.a, pair.b, false))
      : null,
    request: diffRequests(a.meta?.request ?? null, b.meta?.request ?? null),
    table: tableOf([factsOf(a), factsOf(b)]),
  };
}

export function comparedText(
  pair: TextPair,
  a: ComparedCapture,
  b: ComparedCapture,
  diff: DiffKeys,
): ComparedText {
  const textA = pair.a === null ? null : a.index.lanes[pair.a]!.text;
  const textB = pair.b === null ? null : b.index.lanes[pair.b]!.text;
  if (textA === null || textB === null)
    return { ...pair, isSame: false, text: null, document: null };
  const documents = documentsOf(textA, textB);
  return {
    ...pair,
    isSame: textA === textB,
    text: diffText(textA, textB, 'words', diff),
    document: documents && diffObjects(documents.a, documents.b, true),
  };
}

/** A comparison as JSON: of the alignment the counts; the rows that differ are in `differences`. */
export interface ComparisonJson extends Omit<Comparison, 'alignment'> {
  events: Record<RowKind, number>;
  /** Events that could only be aligned by type and lane. */
  coarse: number;
}

export function comparisonJson({ alignment, ...rest }: Comparison): ComparisonJson {
  return { events: alignment.counts, coarse: alignment.coarse, ...rest };
}
