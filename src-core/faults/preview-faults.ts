import type { CaptureEnd } from '../capture.ts';
import { joined } from '../replay/event-ends.ts';
import type { Reply } from '../replay/reply.ts';
import { EventIndex } from '../index/event-index.ts';
import { Indexer } from '../index/indexer.ts';
import { indexOptions, type KnownOfCapture } from '../index/index-options.ts';
import type { Problem, ProblemTally } from '../problem.ts';
import { applyFaults, type FaultedReply } from './apply-faults.ts';
import type { FaultList } from './fault-list.ts';

/** A recording, as faults are tried on it. */
export interface FaultyRecording {
  reply: Reply;
  /** What the checker is to know of it; the response is that of the reply. */
  known: Omit<KnownOfCapture, 'timed' | 'response'>;
}

/** What a client gets, and what our own checker says of that. */
export interface FaultPreview extends FaultedReply {
  /** All bytes that arrive, before any compression. */
  body: Uint8Array;
  index: EventIndex;
  problems: readonly Problem[];
  tally: readonly ProblemTally[];
  end: CaptureEnd;
}

/** Applies a list to a copy of a recording, and reads the result as a capture of it would be read. */
export function previewFaults(
  { reply: recorded, known }: FaultyRecording,
  list: FaultList,
  request = 1,
): FaultPreview {
  const faulted = applyFaults(recorded, list, request, known.dialect);
  const arriving = arrivingOf(faulted.reply);
  const index = indexOf(arriving, known);
  const end = endOf(arriving);
  const { problems, problemTally: tally } = index;
  return { ...faulted, body: joined(arriving.portions), index, problems, tally, end };
}

/** Of an answer that never comes no byte arrives. */
function arrivingOf(reply: Reply): Reply {
  return reply.headAtUs === Infinity ? { ...reply, headAtUs: 0, portions: [] } : reply;
}

/** The index of a reply, with the times that a client would see. */
export function indexOf(reply: Reply, known: FaultyRecording['known']): EventIndex {
  const { status, statusText, headers } = reply;
  const response = { status, statusText, headers, httpVersion: '1.1' };
  const indexer = new Indexer(indexOptions({ ...known, response, timed: true }));
  const index = new EventIndex();
  for (const { bytes, atUs } of reply.portions) indexer.push(bytes, reply.headAtUs + atUs);
  indexer.end();
  index.append(indexer.takeBatch());
  return index;
}

/** How a client's recording of a reply would end; one that stays open is given up by the client. */
export function endOf({ status, headAtUs, portions, ending }: Reply): CaptureEnd {
  const bytes = portions.reduce((sum, portion) => sum + portion.bytes.length, 0);
  const atUs = headAtUs + (portions.at(-1)?.atUs ?? 0);
  const after = `after ${bytes.toLocaleString('en-US')} bytes`;
  if (ending === 'open') {
    const message = `Nothing more comes ${after}, and the connection stays open until the client gives up.`;
    return { kind: 'aborted', atUs, by: 'client', code: null, message };
  }
  if (ending !== 'end') {
    const how = ending === 'fin' ? 'is closed' : 'is reset';
    const message = `The connection ${how} ${after}: the server did not finish the response.`;
    const code = ending === 'rst' ? 'ECONNRESET' : 'closed-early';
    return { kind: 'disconnected', atUs, by: 'server', code, message };
  }
  if (status < 200 || status > 299) {
    const message = `The server answers with status ${status}, and sends no stream.`;
    return { kind: 'failed', atUs, by: 'server', code: `http-${status}`, message };
  }
  const message = `The server ends the response ${after}.`;
  return { kind: 'closed', atUs, by: 'server', code: null, message };
}
