import type { Lane } from './batch.ts';
import { NumberList } from './columns.ts';

interface Row {
  number: number;
  outputIndex: number;
  subIndex: number;
  firstSeq: number;
  /** The event with which a newer generation took the address over. */
  untilSeq: number;
}

/**
 * The lanes of one response, in the order of the output. Which of them show at an event is found in
 * time proportional to their number, and only where it is not what was found last.
 */
export class ResponseLaneList {
  readonly #rows: Row[] = [];
  readonly #begins = new NumberList();
  /** The newest generation of each address. */
  readonly #newest = new Map<string, Row>();
  #isSorted = true;
  #last: { begun: number; lanes: readonly number[] } | null = null;

  /** Lanes come in the order of their first events. */
  push(number: number, { kind, outputIndex, subIndex, firstSeq }: Lane): void {
    const row: Row = { number, outputIndex, subIndex, firstSeq, untilSeq: Infinity };
    const address = `${kind} ${outputIndex} ${subIndex}`;
    const before = this.#newest.get(address);
    if (before) before.untilSeq = firstSeq;
    this.#newest.set(address, row);
    const last = this.#rows.at(-1);
    if (last && compare(last, row) > 0) this.#isSorted = false;
    this.#rows.push(row);
    this.#begins.push(firstSeq);
    this.#last = null;
  }

  /** Of each address the newest generation that had begun with an event. */
  at(seq: number): readonly number[] {
    const begun = this.#begins.countUpTo(seq);
    if (this.#last?.begun !== begun) {
      if (!this.#isSorted) this.#rows.sort(compare);
      this.#isSorted = true;
      const lanes: number[] = [];
      for (const { number, firstSeq, untilSeq } of this.#rows)
        if (firstSeq <= seq && untilSeq > seq) lanes.push(number);
      this.#last = { begun, lanes };
    }
    return this.#last.lanes;
  }
}

function compare(a: Row, b: Row): number {
  return a.outputIndex - b.outputIndex || a.subIndex - b.subIndex || a.number - b.number;
}
