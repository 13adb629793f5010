import type { Ending } from '../replay/reply.ts';
import { isObject } from '../json.ts';
import { checkedFaults } from './checked-faults.ts';

/** What is broken on purpose in a recording, as steps that are applied one after the other: `docs/faults.md`. */
export interface FaultList {
  version: 1;
  name: string;
  /** Of everything in it that is left to chance. */
  seed: number;
  faults: readonly Fault[];
}

/**
 * Events of the stream as the steps before left it: a number from 0, as in the event list, or a text:
 * `3..7`, `5..`, `last`, `50%` (the one in the middle), `type:*.delta`, or several of these with commas.
 */
export type Events = number | string;

/** What every step may have. */
interface When {
  /** From 0 to 1, in how many requests it happens; left out: in all. */
  chance?: number;
  /** In which requests, counted from 1, in the words of `Events`: `1`, `1..2`, `3..`; left out: in all. */
  onRequests?: Events;
  /** It stays in the list and is not applied. */
  off?: boolean;
}

/** Milliseconds, or without end. */
export type Wait = number | 'forever';

/** One step. What each kind does, and what a parameter means that is left out, says `FAULT_KINDS`. */
export type Fault = When &
  (
    | { kind: 'drop'; at: Events }
    | { kind: 'duplicate'; at: Events; times?: number }
    | { kind: 'swap'; at: Events; with?: Events }
    | { kind: 'late'; at: Events; by?: number }
    | { kind: 'number'; at: Events; set?: 'missing' | 'add' | 'text'; by?: number }
    | { kind: 'error'; at: Events; message?: string; code?: string; then?: 'end' | 'go on' }
    | { kind: 'fail'; at: Events; message?: string; code?: string }
    | {
        kind: 'cut-event';
        at: Events;
        where?: 'before' | 'within' | 'after';
        ending?: Ending;
      }
    | { kind: 'cut-byte'; byte: number; ending?: Ending }
    | { kind: 'cut-character'; at?: Events; ending?: Ending }
    | { kind: 'no-blank-line'; ending?: Ending }
    | { kind: 'close'; ending: Ending }
    | { kind: 'delay'; at: Events; ms: number }
    | { kind: 'stall'; at: Events; ms: Wait }
    | { kind: 'drip'; at?: Events; bytes: number; ms: number }
    | { kind: 'burst'; at?: Events; to?: Events }
    | { kind: 'keepalive'; ms: number; form?: 'comment' | 'event' }
    | { kind: 'chunks'; bytes: number | 'all' }
    | { kind: 'split-characters' }
    | { kind: 'line-ends'; to?: 'crlf' | 'cr' | 'lf' }
    | { kind: 'bom' }
    | { kind: 'comment'; at: Events; text?: string }
    | {
        kind: 'status';
        status: number;
        retryAfter?: number;
        message?: string;
        body?: 'json' | 'html' | 'empty';
      }
    | { kind: 'redirect'; to: string; status?: number }
    | { kind: 'content-type'; value: string }
    | { kind: 'header'; name: string; value?: string }
    | { kind: 'head'; ms: Wait }
    | { kind: 'gzip'; flush?: 'each write' | 'end' }
  );

export type FaultName = Fault['kind'];
export type FaultOf<Name extends FaultName> = Extract<Fault, { kind: Name }>;

/** A list that changes nothing. */
export const NO_FAULTS: FaultList = { version: 1, name: 'No faults', seed: 1, faults: [] };

/** Whether a value that came from outside is a list that can be applied: as strict as `parseFaults`, with its name and seed. */
export function isFaultList(value: unknown): value is FaultList {
  return isObject(value) && checkedFaults(value).length === 0;
}
