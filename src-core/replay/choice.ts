import { isOfModel, missOf, type AnswerOf, type Miss } from './match.ts';
import type { Matching } from './matching.ts';
import type { RequestFacts } from './request-facts.ts';

/** A recording that may be chosen. */
export interface Choosable {
  id: string;
  answer: AnswerOf;
}

/** What was chosen for a request, and why nothing else was. */
export interface Chosen<Kind extends Choosable> {
  chosen: Kind | null;
  /** How many would do. */
  matching: number;
  /** Those that would not, the nearest first, else in their order. */
  misses: { of: Kind; miss: Miss }[];
}

/** Chooses among recordings, and remembers what was served: see `Matching.choice`. */
export class Choice {
  readonly #servedAs = new Map<string, number>();
  #served = 0;

  choose<Kind extends Choosable>(
    asked: RequestFacts,
    recordings: readonly Kind[],
    matching: Matching,
  ): Chosen<Kind> {
    const fitting: Kind[] = [];
    const misses: { of: Kind; miss: Miss }[] = [];
    for (const of of recordings) {
      const miss = missOf(asked, of.answer, matching);
      if (miss) misses.push({ of, miss });
      else fitting.push(of);
    }
    const ofModel = matching.model ? fitting.filter(({ answer }) => isOfModel(asked, answer)) : [];
    const preferred = ofModel.length > 0 ? ofModel : fitting;
    const chosen = this.#next(preferred, matching.choice);
    if (chosen) this.#servedAs.set(chosen.id, ++this.#served);
    else
      for (const of of preferred)
        misses.push({ of, miss: { distance: 0, reason: () => 'was served already' } });
    misses.sort((a, b) => a.miss.distance - b.miss.distance);
    return { chosen, matching: preferred.length, misses };
  }

  #next<Kind extends Choosable>(fitting: readonly Kind[], how: Matching['choice']): Kind | null {
    const [first] = fitting;
    if (!first || how === 'first') return first ?? null;
    const last = (one: Kind) => this.#servedAs.get(one.id) ?? 0;
    if (how === 'calls') return fitting.find((one) => last(one) === 0) ?? null;
    // The one that was served longest ago; of those that never were, the first.
    return fitting.reduce((best, one) => (last(one) < last(best) ? one : best), first);
  }
}
