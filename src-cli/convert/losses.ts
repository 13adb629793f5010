import { number } from '../lint/finding.ts';

/** What a conversion leaves out, for one line on standard error. */
export class Losses {
  readonly #counts = new Map<string, number>();
  readonly #masses = new Set<string>();

  /** @param what in the plural: `comments` */
  count(what: string, count = 1): void {
    if (count > 0) this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
  }

  /** What can't be counted. */
  mass(what: string): void {
    this.#masses.add(what);
  }

  /** `2 comments, 1 event name`; `''` where nothing is lost. */
  get text(): string {
    const counted = [...this.#counts].map(
      ([what, count]) => `${number(count)} ${count === 1 ? what.replace(/s(?= |$)/, '') : what}`,
    );
    return [...counted, ...this.#masses].join(', ');
  }
}
