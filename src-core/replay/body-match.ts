import { jsonText, type JsonValue } from '../json.ts';
import { type Difference, firstDifference } from './first-difference.ts';
import type { Matching } from './matching.ts';
import { type RequestFacts, STRUCK_OUT, valueAtPointer } from './request-facts.ts';

/** Whether the bodies are the same, as far as a matching looks at them. */
export function hasSameBody(
  asked: RequestFacts,
  recorded: RequestFacts,
  matching: Matching,
): boolean {
  if (matching.body === 'any' || asked.body === recorded.body) return true;
  const pointers = matching.body === 'exact' ? [''] : matching.fields;
  // Most are told apart by numbers that were worked out before.
  const isPlain = !recorded.body.includes(STRUCK_OUT);
  if (isPlain && pointers.some((at) => asked.printAt(at) !== recorded.printAt(at))) return false;
  return differenceOf(asked, recorded, matching) === null;
}

/** Where the bodies differ, in words. */
export function bodyDifference(
  asked: RequestFacts,
  recorded: RequestFacts,
  matching: Matching,
): string {
  const found = differenceOf(asked, recorded, matching);
  if (found === null) return '';
  if (typeof found === 'number') return `body differs at character ${found}`;
  const { pointer } = found;
  const values = `asked ${shown(found.asked)}, recorded ${shown(found.recorded)}`;
  return `body differs${pointer === '' ? '' : ` at ${pointer}`} (${values})`;
}

/** A character, from 0, where one of the bodies is no JSON and all of it counts. */
function differenceOf(
  asked: RequestFacts,
  recorded: RequestFacts,
  { body, fields }: Matching,
): Difference | number | null {
  const own = asked.json();
  const known = recorded.json();
  if (body === 'exact')
    return own === undefined || known === undefined
      ? textDifference(asked.body, recorded.body)
      : firstDifference(own, known);
  for (const pointer of fields) {
    const found = firstDifference(
      valueAtPointer(own, pointer),
      valueAtPointer(known, pointer),
      pointer,
    );
    if (found) return found;
  }
  return null;
}

function textDifference(one: string, other: string): number | null {
  if (one === other) return null;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** Enough to know it again. */
const MOST_SHOWN = 60;

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  const text = jsonText(typeof value === 'string' ? value.slice(0, 200) : value) ?? 'a deep value';
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
