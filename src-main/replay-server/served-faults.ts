import type { DialectId } from '../../src-core/dialects/dialect.ts';
import { applyFaults, type FaultOutcome } from '../../src-core/faults/apply-faults.ts';
import type { FaultList } from '../../src-core/faults/fault-list.ts';
import type { Reply } from '../../src-core/replay/reply.ts';
import { refuseTooLarge } from '../faults/faulty-size.ts';
import { gzipped } from './gzipped.ts';

/** A reply, and what each step did to it: [] where there is no list. */
export interface BrokenReply {
  reply: Reply;
  outcomes: FaultOutcome[];
}

/** Breaks the replies of a server by its list, and counts the requests that it was done for. */
export class ServedFaults {
  #list = '';
  #requests = 0;

  /**
   * The reply with the faults of the next request, from 1; another list counts anew.
   * @param reply with its times, and with its bytes as they were before they were compressed
   * @param dialect what a person reads the recording as; left out: what its events say
   * @throws Refusal `too-large`: they are applied on the thread that serves everything else too
   */
  async apply(reply: Reply, list: FaultList | null, dialect?: DialectId): Promise<BrokenReply> {
    const text = list === null ? '' : JSON.stringify(list);
    if (text !== this.#list) this.#requests = 0;
    this.#list = text;
    if (list === null) return { reply, outcomes: [] };
    if (list.faults.some(({ off }) => !off))
      refuseTooLarge(reply.portions.reduce((sum, { bytes }) => sum + bytes.length, 0));
    const { reply: broken, outcomes } = applyFaults(reply, list, ++this.#requests, dialect);
    return { reply: await gzipped(broken), outcomes };
  }
}
