import type { RedactionClass } from './options.ts';
import { VALUE_FORMS } from './value-forms.ts';

export type StruckClass = RedactionClass | 'custom';

/** One thing that was struck out, or would be. */
export interface Struck {
  class: StruckClass;
  /** Where it stood, for people: `request header openai-organization`, `request body /user`, `event 12 /response/user`. */
  where: string;
  /** The event, for what stands in one; the first of several that a text came with. */
  seq: number | null;
  /**
   * What it was, so that a person can judge it. Of a secret its beginning, its end and how long it is, never the
   * whole: `sk-…i78 (26 characters)`; of anything else at most `LONGEST_SHOWN` UTF-16 units.
   */
  shown: string;
}

/** What is struck out of a capture. */
export interface RedactionReport {
  /** At most `MOST_STRUCK`: of the request, of the response, of texts, of events. */
  struck: Struck[];
  /** All of them, those included that are not listed. */
  count: number;
  counts: Record<StruckClass, number>;
  /** What is wrong with patterns, or could not be looked at: sentences for a person. */
  remarks: string[];
}

export const MOST_STRUCK = 1000;
const LONGEST_SHOWN = 200;

/** Takes down what is struck out. */
export class StruckList implements RedactionReport {
  readonly struck: Struck[] = [];
  readonly counts = { secret: 0, organisation: 0, user: 0, email: 0, custom: 0 };
  readonly remarks: string[] = [];
  count = 0;

  /** @param original as it stood; of a secret only its shortened form is kept */
  add(of: StruckClass, where: string, seq: number | null, original: string): void {
    this.count++;
    this.counts[of]++;
    if (this.struck.length < MOST_STRUCK)
      this.struck.push({ class: of, where, seq, shown: shownOf(of, original) });
  }
}

function looksSecret(text: string): boolean {
  return VALUE_FORMS.some(([of, form]) => of === 'secret' && text.search(form) >= 0);
}

function shownOf(of: StruckClass, original: string): string {
  const { length } = original;
  // A key may stand under the name of a user.
  if (of === 'secret' || looksSecret(original))
    return `${shortened(original)} (${length.toLocaleString('en')} character${length === 1 ? '' : 's'})`;
  return length > LONGEST_SHOWN ? `${original.slice(0, LONGEST_SHOWN)}…` : original;
}

/** Enough to recognise a value by, and too little to use it. */
function shortened(original: string): string {
  const units = [...original.slice(0, 400)];
  if (units.length >= 20) return `${units.slice(0, 3).join('')}…${original.slice(-3)}`;
  return units.length >= 8 ? `${units.slice(0, 2).join('')}…` : '…';
}
