import * as v from 'valibot';
import { type FaultList, isFaultList } from '../src-core/faults/fault-list.ts';
import type { KnownOfCapture } from '../src-core/index/index-options.ts';
import type { Recorded } from '../src-core/replay/recorded.ts';
import type { Type } from './contract.ts';
import { PaceInput } from './pace-input.ts';

/** The part of the contract about faults: see `contract.ts`. */
const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,80}$/));

export const FaultListInput = v.custom<FaultList>(isFaultList, 'This is no list of faults.');

/** A capture, as faults are tried on it in the page. */
export interface FaultSubject {
  recorded: Recorded;
  known: Pick<KnownOfCapture, 'request' | 'dialect'>;
}

export const faultCommands = {
  /** What a preview is made of. */
  'faults.subject': { input: v.object({ id }), output: type<FaultSubject>() },
  /** Makes a capture of what a client would get of this one, at a pace, in a request of that number, from 1. */
  'faults.save': {
    input: v.object({
      id,
      faults: FaultListInput,
      pace: PaceInput,
      request: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
    }),
    output: type<{ id: string }>(),
  },
} as const;

function type<T>(): Type<T> {
  return {};
}
