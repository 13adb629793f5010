import type { ComparisonPart } from '../../src-core/compare/comparison-text.ts';
import { type Comparison, comparisonJson } from '../../src-core/compare/comparison.ts';
import type { Style } from '../console/style.ts';

/** Which members of the JSON are of a part. */
const MEMBERS: Record<ComparisonPart, readonly string[]> = {
  events: ['events', 'coarse', 'differences'],
  output: ['texts', 'objects'],
  request: ['request'],
  latency: ['table'],
};

/**
 * Whether nothing differs of the parts that are meant. Times differ in every run, and say nothing of it; a request
 * that is not known on one side differs from none.
 */
export function isSame(comparison: Comparison, parts: readonly ComparisonPart[]): boolean {
  const { alignment, texts, objects, request } = comparison;
  const { changed, lost, inserted } = alignment.counts;
  const same: Record<ComparisonPart, boolean> = {
    events: changed + lost + inserted === 0,
    output: texts.every((text) => text.isSame) && (objects ?? []).every(({ count }) => count === 0),
    request:
      request === null ||
      ([...request.line, ...request.headers].every(({ a, b }) => a === b) &&
        (request.body ? request.body.count === 0 : request.isSameBody)),
    latency: true,
  };
  return parts.every((part) => same[part]);
}

/**
 * The comparison as a JSON text, with the members of the parts that are meant.
 * @param same what the exit code says
 */
export function comparisonOutput(
  comparison: Comparison,
  parts: readonly ComparisonPart[],
  same: boolean,
): string {
  const all: Record<string, unknown> = { ...comparisonJson(comparison) };
  const members = parts.flatMap((part) => MEMBERS[part]);
  const chosen = Object.fromEntries(members.map((name) => [name, all[name]]));
  const facts = { version: 1, names: comparison.names, isSame: same };
  return JSON.stringify({ ...facts, ...chosen }, null, 2);
}

/** The lines of a patch in their colours. */
export function inked(text: string, style: Style): string {
  if (!style.isOn) return text;
  const inks = [
    [/^(?:---|\+\+\+) /, 'bold'],
    [/^- /, 'red'],
    [/^\+ /, 'green'],
  ] as const;
  return text
    .split('\n')
    .map((line) => {
      const ink = inks.find(([form]) => form.test(line))?.[1];
      return ink ? style.in(ink, line) : line;
    })
    .join('\n');
}
