import type { LaneKind } from '../index/batch.ts';
import type { JsonObject } from '../json.ts';
import type { Problem } from '../problem.ts';
import type { FrameFacts, Place } from './conformance.ts';
import type { Rule } from './rule.ts';
import { RuleRun } from './rule-run.ts';

/** The text of a lane with the event that is being read, null where there is none. */
export type LaneReader = (kind: LaneKind, outputIndex: number, subIndex: number) => string | null;

/** What the rules of a dialect know of a stream. */
export interface DialectFacts {
  /**
   * Reads an event of a type. It yields the moments at which rules are asked, each with the facts as
   * they were before it; what follows a yield takes note of it.
   */
  take(event: JsonObject, type: string, frame: FrameFacts): Iterable<string>;
  /** `[DONE]` came. */
  done(): void;
}

/** Holds a stream against the rules of a dialect that is not the Responses API. */
export interface DialectRun {
  /** After the event was taken into the lanes. */
  event(event: JsonObject, type: string, frame: FrameFacts, place: Place): void;
  done(place: Place): void;
  /** The stream is over. @param place its last event */
  end(place: Place): void;
}

export function dialectRun<F extends DialectFacts>(
  facts: F,
  rules: readonly Rule<F>[],
  report: (problem: Problem) => void,
): DialectRun {
  const run = new RuleRun(rules, report);
  return {
    event(event, type, frame, place) {
      run.at(place);
      for (const moment of facts.take(event, type, frame)) run.ask(moment, facts);
    },
    done(place) {
      run.at(place);
      run.ask('done', facts);
      facts.done();
    },
    end(place) {
      run.at(place);
      run.ask('end', facts);
    },
  };
}
