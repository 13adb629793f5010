import type { EventIndex } from '../../src-core/index/event-index.ts';
import { forTerminal } from '../console/captured-text.ts';
import type { Output } from '../console/output.ts';
import { chosenLanes, type LaneChoice } from './chosen-lanes.ts';

/**
 * Prints the texts of lanes one after the other. The first one is printed while it grows; the others wait
 * for the end, so that texts that are written side by side don't mix.
 */
export class LanePrinter {
  readonly #out: Output;
  readonly #choices: readonly LaneChoice[];
  /** The lane that is printed as it grows, and how much of it was. */
  #growing = -1;
  #printed = 0;

  constructor(out: Output, choices: readonly LaneChoice[]) {
    this.#out = out;
    this.#choices = choices;
  }

  /** The stream has gone on. */
  grew(index: EventIndex): void {
    if (this.#growing < 0) {
      const lanes = chosenLanes(index, this.#choices);
      this.#growing = lanes.find((number) => index.lanes[number]!.text !== '') ?? -1;
    }
    if (this.#growing >= 0) this.#printed = this.#print(index, this.#growing, this.#printed);
  }

  /** The stream is over. @returns how many lanes were meant */
  end(index: EventIndex): number {
    const lanes = chosenLanes(index, this.#choices);
    if (this.#growing >= 0) this.#endLine(index, this.#growing);
    for (const number of lanes) {
      if (number === this.#growing) continue;
      this.#print(index, number, 0);
      this.#endLine(index, number);
    }
    return lanes.length;
  }

  #print(index: EventIndex, number: number, from: number): number {
    const { text } = index.lanes[number]!;
    const more = text.slice(from);
    this.#out.write(this.#out.isTerminal ? forTerminal(more) : more);
    return text.length;
  }

  #endLine(index: EventIndex, number: number): void {
    if (!index.lanes[number]!.text.endsWith('\n')) this.#out.line();
  }
}
