/** Applies faults off the interface's thread: a body may have many megabytes, and every key asks again. */
import type { FaultList } from '../../src-core/faults/fault-list.ts';
import type { Pace } from '../../src-core/replay/pace.ts';
import { replyOf } from '../../src-core/replay/reply-of.ts';
import type { FaultSubject } from '../../src-ipc/fault-contract.ts';
import { FaultPreviewer, type FaultView } from './fault-view.ts';

export type PreviewRequest =
  { subject: FaultSubject } | { number: number; list: FaultList; pace: Pace; request: number };
export interface PreviewReply {
  number: number;
  view: FaultView;
}

let previewer: FaultPreviewer | null = null;

self.onmessage = ({ data }: MessageEvent<PreviewRequest>) => {
  if ('subject' in data) {
    const { recorded, known } = data.subject;
    previewer = new FaultPreviewer({ reply: replyOf(recorded), known });
    return;
  }
  if (!previewer) return;
  const reply: PreviewReply = {
    number: data.number,
    view: previewer.view(data.list, data.pace, data.request),
  };
  self.postMessage(reply);
};
