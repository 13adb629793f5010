import type { DialectId } from '../dialects/dialect.ts';
import type { Reply } from '../replay/reply.ts';
import { seeded } from '../seeded.ts';
import * as bytes from './byte-steps.ts';
import { includes, parseChoice } from './choice.ts';
import { EditedReply, type FaultMark, NotApplied } from './edited-reply.ts';
import * as ends from './end-steps.ts';
import * as errors from './error-steps.ts';
import * as events from './event-steps.ts';
import type { Fault, FaultList, FaultName, FaultOf } from './fault-list.ts';
import * as heads from './head-steps.ts';
import { keepalive } from './keepalives.ts';
import * as pace from './pace-steps.ts';

/** Each says what it did, in words that can follow a semicolon, and throws `NotApplied` where it can't. */
const STEPS: { [Name in FaultName]: (reply: EditedReply, fault: FaultOf<Name>) => string } = {
  drop: events.drop,
  duplicate: events.duplicate,
  swap: events.swap,
  late: events.late,
  number: events.number,
  error: errors.error,
  fail: errors.fail,
  'cut-event': ends.cutEvent,
  'cut-byte': ends.cutByte,
  'cut-character': ends.cutCharacter,
  'no-blank-line': ends.noBlankLine,
  close: ends.close,
  delay: pace.delay,
  stall: pace.stall,
  drip: pace.drip,
  burst: pace.burst,
  keepalive,
  chunks: pace.chunks,
  'split-characters': bytes.splitCharacters,
  'line-ends': bytes.lineEnds,
  bom: bytes.bom,
  comment: bytes.comment,
  status: heads.status,
  redirect: heads.redirect,
  'content-type': heads.contentType,
  header: heads.header,
  head: heads.head,
  gzip: heads.gzip,
};

/** What became of a step. */
export interface FaultOutcome {
  /** Its index in the list. */
  step: number;
  kind: FaultName;
  /**
   * `skipped`: it was not its turn (off, another request, chance); `not applied`: this recording has nothing
   * for it.
   */
  became: 'applied' | 'skipped' | 'not applied';
  /** What it did, or why it did nothing. */
  words: string;
}

export interface FaultedReply {
  reply: Reply;
  /** One for each step. */
  outcomes: FaultOutcome[];
  /** Where in `reply` something was done, by step; at most 1,000 of a step. */
  marks: FaultMark[];
}

/**
 * Applies the steps one after the other to a copy of a reply: each sees what the ones before it left. The same
 * list makes the same of the same reply and request number, whatever happened in between. It never throws.
 * @param request of the server's requests which one it is, from 1
 * @param dialect what a person reads the recording as; left out: the first event that says it decides
 */
export function applyFaults(
  reply: Reply,
  list: FaultList,
  request: number,
  dialect?: DialectId,
): FaultedReply {
  const edited = new EditedReply(reply, dialect);
  const outcomes = list.faults.map((fault, step): FaultOutcome => {
    const skipped = whySkipped(fault, list.seed, request, step);
    if (skipped !== null) return { step, kind: fault.kind, became: 'skipped', words: skipped };
    edited.step = step;
    try {
      const words = (STEPS[fault.kind] as (reply: EditedReply, fault: Fault) => string)(
        edited,
        fault,
      );
      return { step, kind: fault.kind, became: 'applied', words };
    } catch (error) {
      if (!(error instanceof NotApplied)) throw error;
      return { step, kind: fault.kind, became: 'not applied', words: error.message };
    }
  });
  return { reply: edited.reply, outcomes, marks: [...edited.marks] };
}

/** Why it is not a step's turn in a request; null where it is. */
function whySkipped(fault: Fault, seed: number, request: number, step: number): string | null {
  if (fault.off) return 'switched off';
  const { onRequests, chance } = fault;
  if (onRequests !== undefined) {
    const terms = parseChoice(onRequests, false);
    if (typeof terms === 'string') return terms;
    if (!includes(terms, request)) return `not in request ${request}`;
  }
  if (chance === undefined || drawn(seed, request, step) < chance) return null;
  return `by chance not in request ${request}`;
}

/** A number in [0, 1) for a step in a request: other steps don't change it. */
function drawn(seed: number, request: number, step: number): number {
  const mixed = seed ^ Math.imul(request, 0x9e37_79b1) ^ Math.imul(step + 1, 0x85eb_ca6b);
  const random = seeded(mixed);
  random();
  return random();
}
