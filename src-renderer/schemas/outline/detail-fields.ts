import { type JsonValue, parseJson } from '../../../src-core/json.ts';
import type { Facet } from '../../../src-core/outline/keyword-edits.ts';
import type { OutlineRow } from '../../../src-core/outline/row.ts';

/** A line of the details: one fact, or the two ends of a range. */
export interface FacetGroup {
  label: string;
  between: string;
  facets: { facet: Facet; value: string; placeholder: string; width: string }[];
}

const LINES: readonly { label: string; of: readonly string[]; facets: readonly Facet[] }[] = [
  { label: 'Format', of: ['string'], facets: ['format'] },
  { label: 'Pattern', of: ['string'], facets: ['pattern'] },
  { label: 'Characters', of: ['string'], facets: ['minLength', 'maxLength'] },
  { label: 'Range', of: ['number', 'integer'], facets: ['minimum', 'maximum'] },
  {
    label: 'Beyond',
    of: ['number', 'integer'],
    facets: ['exclusiveMinimum', 'exclusiveMaximum'],
  },
  { label: 'Multiple of', of: ['number', 'integer'], facets: ['multipleOf'] },
  { label: 'Items', of: ['array'], facets: ['minItems', 'maxItems'] },
];
const PLACEHOLDERS: Partial<Record<Facet, string>> = {
  format: 'none',
  pattern: 'none',
  multipleOf: 'any',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
};

/** The lines for a row's type; what the target does not take only where it is written. */
export function facetsOf(row: OutlineRow, isTaken: (facet: Facet) => boolean): FacetGroup[] {
  return LINES.flatMap(({ label, of, facets }) => {
    if (!of.includes(row.type)) return [];
    const shown = facets.filter((facet) => isTaken(facet) || row.bounds[facet] !== undefined);
    if (shown.length === 0) return [];
    const isText = facets[0] === 'format' || facets[0] === 'pattern';
    return [
      {
        label,
        between: 'to',
        facets: shown.map((facet) => ({
          facet,
          value: String(row.bounds[facet] ?? ''),
          placeholder: PLACEHOLDERS[facet] ?? (facet.startsWith('min') ? 'at least' : 'at most'),
          width: isText ? '100%' : '84px',
        })),
      },
    ];
  });
}

/** Values as they are edited, one a line: texts as they are, unless they would be read as another value. */
export function writtenValues(values: readonly JsonValue[]): string {
  return values
    .map((value) => (typeof value === 'string' && isPlain(value) ? value : JSON.stringify(value)))
    .join('\n');
}

function isPlain(text: string): boolean {
  return text !== '' && text.trim() === text && !/[\n\r]/.test(text) && !isJson(text);
}
function isJson(text: string): boolean {
  return parseJson(text) !== undefined;
}

/**
 * The values of lines. What is JSON is read as such, but where all that was there were texts a number is
 * one as well: `1` in a list of texts means the text.
 */
export function readValues(written: string, before: readonly JsonValue[]): JsonValue[] {
  const areTexts = before.length > 0 && before.every((value) => typeof value === 'string');
  return written
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const value = parseJson(line);
      const isQuoted = line.startsWith('"');
      return value === undefined || (areTexts && !isQuoted) ? line : value;
    });
}
