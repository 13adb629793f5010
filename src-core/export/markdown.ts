import type { HeaderPairs } from '../imports/exchange.ts';
import { encodeUtf8 } from '../text.ts';
import {
  callFacts,
  type CaptureReport,
  captureReport,
  cutText,
  knownFacts,
  laidOut,
} from './capture-report.ts';
import type { ExportCapture, ExportedBy } from './export-capture.ts';

/** Characters of a text, and problems, that a summary tells. */
const LONGEST_TEXT = 20_000;
const MOST_PROBLEMS = 50;

/** A summary of a capture in Markdown (CommonMark, with tables). Captured text never becomes markup. */
export async function* markdownPieces(
  capture: ExportCapture,
  { version, at }: ExportedBy,
): AsyncGenerator<Uint8Array> {
  const report = await captureReport(capture);
  const parts = [
    `# ${escaped(capture.meta.name)}`,
    ...lead(report),
    table([['', ''], ...callFacts(report), ...knownFacts(report.facts)]),
    ...problemParts(report),
    ...outputParts(report),
    ...exchangeParts(report),
    `Exported by Deltascope ${version}, ${at}.`,
  ];
  yield encodeUtf8(`${parts.join('\n\n')}\n`);
}

function lead({ capture: { meta }, whole }: CaptureReport): string[] {
  const parts: string[] = [];
  if (meta.end && meta.end.message !== '') parts.push(escaped(meta.end.message));
  if (whole.isCut) parts.push('Only the first 64 MiB of the body are told of here.');
  if (!meta.timed) parts.push('Arrival times were not recorded.');
  return parts;
}

function problemParts({ problems, problemCount }: CaptureReport): string[] {
  if (problemCount === 0) return ['## Problems', 'None.'];
  const rows = problems
    .slice(0, MOST_PROBLEMS)
    .map(
      ({ rule, severity, seq, message }) =>
        `- **${rule}** ${severity}, event ${seq}: ${escaped(message)}`,
    );
  const rest = problemCount - rows.length;
  if (rest > 0) rows.push(`- and ${rest.toLocaleString('en')} more`);
  return ['## Problems', rows.join('\n')];
}

function outputParts({ texts, textCount }: CaptureReport): string[] {
  if (texts.length === 0) return [];
  const parts = texts.flatMap(({ name, text }) => [
    `### ${escaped(name)}`,
    fenced(cutText(laidOut(text), LONGEST_TEXT)),
  ]);
  if (textCount > texts.length) parts.push(`And ${textCount - texts.length} more texts.`);
  return ['## Output', ...parts];
}

function exchangeParts({ capture: { meta } }: CaptureReport): string[] {
  const parts: string[] = [];
  const { request, response } = meta;
  if (request) {
    parts.push('## Request', code(`${request.method} ${request.url}`), ...headers(request.headers));
    if (request.body !== '') parts.push(fenced(cutText(laidOut(request.body), LONGEST_TEXT)));
  }
  if (response)
    parts.push(
      '## Response',
      code(`${response.status} ${response.statusText}`.trim()),
      ...headers(response.headers),
    );
  return parts;
}

function headers(pairs: HeaderPairs): string[] {
  if (pairs.length === 0) return [];
  const rows = pairs.map(([name, value]) => `| ${escaped(name)} | ${cell(value)} |`);
  return [['| header | value |', '|---|---|', ...rows].join('\n')];
}

function table([head, ...rows]: readonly [string, string][]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(head!), '|---|---|', ...rows.map(line)].join('\n');
}

/** Text on one line in which nothing is markup: what Markdown and HTML read is written as an escape. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]()#+!|~>]/g, '\\$&');
}

/** Of any text, on one line. */
function code(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  const ticks = '`'.repeat(longestRun(plain) + 1);
  return `${ticks} ${plain} ${ticks}`;
}

/** The same in a table, whose cells end at a bar also within code. */
function cell(text: string): string {
  return text === '' ? '' : code(text).replace(/\|/g, '\\|');
}

function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${/^\s*[[{]/.test(text) ? 'json' : ''}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
}
