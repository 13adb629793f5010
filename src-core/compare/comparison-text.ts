import type { JsonChange, JsonDifference } from '../diff-json.ts';
import { jsonText, type JsonValue } from '../json.ts';
import { shownText } from '../shown-name.ts';
import type { Comparison, ComparedText } from './comparison.ts';
import { differenceBlocks } from './difference-blocks.ts';
import { differenceText, factText } from './fact-text.ts';
import type { RowKind } from './alignment.ts';
import { changeWords } from './event-changes.ts';
import type { EventDifference, SaidEvent } from './event-differences.ts';
import type { RequestDifference } from './request-diff.ts';
import type { FactRow } from './table.ts';

/** Changes that are listed of an object, a request or a text. */
const LISTED = 40;
/** Characters of a value or an unchanged stretch. */
const LONGEST = 120;
const KEPT = 30;
/** Characters of each value of a change in an event. */
const CHANGED = 60;

/** Parts of a comparison. */
export const COMPARISON_PARTS = ['events', 'output', 'request', 'latency'] as const;
export type ComparisonPart = (typeof COMPARISON_PARTS)[number];

/**
 * A comparison as text for people, as a patch has it: `-` for what only A has, `+` for what only B has.
 * @param listed differences between events that are listed
 */
export function comparisonText(
  comparison: Comparison,
  { listed = LISTED, parts = COMPARISON_PARTS }: TextOptions = {},
): string {
  const [a, b] = comparison.names.map(shownText);
  const linesOf: Record<ComparisonPart, () => string[][]> = {
    events: () => [eventLines(comparison, listed)],
    output: () => [
      ...comparison.texts.filter(({ isSame }) => !isSame).map(textLines),
      ...(comparison.objects ?? []).map((difference, response) =>
        jsonLines(nameOf('final object', response, comparison.objects!.length), difference),
      ),
    ],
    request: () => [requestLines(comparison.request)],
    latency: () => [tableLines(comparison.table)],
  };
  const shown = [
    [`--- ${a}`, `+++ ${b}`, ...(parts.includes('events') ? [sumLine(comparison)] : [])],
    ...COMPARISON_PARTS.filter((part) => parts.includes(part)).flatMap((part) => linesOf[part]()),
  ].filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

interface TextOptions {
  listed?: number;
  parts?: readonly ComparisonPart[];
}

export const KIND_WORDS: Record<RowKind, string> = {
  same: 'the same',
  cut: 'cut otherwise',
  changed: 'changed',
  lost: 'lost',
  inserted: 'inserted',
  pending: 'not here yet',
};

/** "events: 2 differences: 12 the same, 1 changed, 2 lost": rows that differ in a row are one difference. */
export function sumLine({ alignment }: Comparison): string {
  const { counts, coarse } = alignment;
  const said = Object.entries(counts)
    .filter(([kind, count]) => count > 0 || kind === 'same')
    .map(([kind, count]) => `${number(count)} ${KIND_WORDS[kind as RowKind]}`);
  const limit =
    coarse === 0
      ? ''
      : `; ${number(coarse)} events were too different to be aligned by content, only by type and lane`;
  const { count } = differenceBlocks(alignment);
  const sum = count === 0 ? '' : `${number(count)} ${count === 1 ? 'difference' : 'differences'}: `;
  return `events: ${sum}${said.join(', ')}${limit}`;
}

function eventLines({ differences, alignment }: Comparison, listed: number): string[] {
  const lines = differences.slice(0, listed).flatMap(differenceLines);
  const { changed, lost, inserted } = alignment.counts;
  const rest = changed + lost + inserted - Math.min(differences.length, listed);
  if (rest > 0) lines.push(`  ${number(rest)} more events that differ are not listed`);
  return lines;
}

/** The events of a row as lines of a patch, and below them where their data differs. */
export function differenceLines({ a, b, changes }: EventDifference): string[] {
  const line = (sign: string, { seq, type, lane, summary }: SaidEvent) =>
    `${sign} #${seq} ${shownText(type)}${lane && ` ${lane}`}  ${shortened(shownText(summary))}`.trimEnd();
  const places = (changes?.changes ?? []).map((change) => `    ${changeWords(change, CHANGED)}`);
  const rest = (changes?.count ?? 0) - places.length;
  if (rest > 0) places.push(`    ${number(rest)} more`);
  return [...(a ? [line('-', a)] : []), ...(b ? [line('+', b)] : []), ...places];
}

function textLines({ response, name, a, b, text, document }: ComparedText): string[] {
  const title = nameOf(name, response, response + 1);
  if (a === null) return [`${title}: only in the second`];
  if (b === null) return [`${title}: only in the first`];
  if (document && document.count > 0) return jsonLines(title, document);
  const pieces = text?.pieces ?? [];
  const lines = pieces.slice(0, LISTED * 3).map(({ kind, text: piece }) => {
    const sign = { same: ' ', lost: '-', inserted: '+' }[kind];
    return `${sign} ${kind === 'same' ? around(shownText(piece)) : shortened(shownText(piece))}`;
  });
  return [`${title}:`, ...lines];
}

function jsonLines(title: string, { changes, count }: JsonDifference): string[] {
  if (count === 0) return [];
  const lines = changes.slice(0, LISTED).flatMap(changeLines);
  if (count > LISTED) lines.push(`  ${number(count - LISTED)} more`);
  return [`${title}:`, ...lines];
}

/** A change of a JSON value as lines of a patch. */
export function changeLines(change: JsonChange): string[] {
  const pointer = shownText(change.pointer || '(all of it)');
  const line = (sign: string, value: JsonValue) =>
    `${sign} ${pointer}  ${shortened(shownText(jsonText(value) ?? '(nested too deeply)'))}`;
  return [
    ...('before' in change ? [line('-', change.before)] : []),
    ...('after' in change ? [line('+', change.after)] : []),
  ];
}

function requestLines(request: RequestDifference | null): string[] {
  if (!request) return [];
  const lines = [...request.line, ...request.headers]
    .filter(({ a, b }) => a !== b)
    .flatMap(({ name, a, b }) => [
      ...(a === null ? [] : [`- ${shownText(name)}: ${shortened(shownText(a))}`]),
      ...(b === null ? [] : [`+ ${shownText(name)}: ${shortened(shownText(b))}`]),
    ]);
  if (request.body) lines.push(...request.body.changes.slice(0, LISTED).flatMap(changeLines));
  else if (!request.isSameBody) lines.push('  the bodies are other texts');
  return lines.length === 0 ? [] : ['request:', ...lines];
}

function tableLines(rows: readonly FactRow[]): string[] {
  const cells = rows.map(({ label, unit, values, differences }) => [
    label,
    ...values.map((value) => shownText(factText(value, unit))),
    ...differences.map((difference) => differenceText(difference, unit)),
  ]);
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => row[at]!.length)));
  return cells.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join('  ')
      .trimEnd(),
  );
}

function nameOf(name: string, response: number, responses: number): string {
  return responses > 1 ? `${name} of response ${response}` : name;
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The ends of a stretch that did not change. */
function around(text: string): string {
  return text.length > KEPT * 2 ? `${text.slice(0, KEPT)} … ${text.slice(-KEPT)}` : text;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
