import type { ComparedCapture } from '../../src-core/compare/compared-capture.ts';
import { judgedTally } from '../../src-core/conformance/profile.ts';
import { profileOf } from '../../src-core/conformance/profiles.ts';
import { streamStatus } from '../../src-ipc/stream-status.ts';
import type { WholeStream } from '../stream/whole-stream.ts';

/** A stream that was read to its end, as one side of a comparison. */
export function comparedStream(stream: WholeStream): ComparedCapture {
  const { index, source, bytes } = stream;
  const { name, capture, isTimed } = source;
  // Bytes that came by themselves ended as they should: nobody knows otherwise.
  const end = capture ? capture.end : { kind: 'closed' as const };
  const silenced = new Set(capture?.silenced);
  const profile = profileOf(capture?.profile ?? index.profile);
  return {
    ...{ name, index, byteCount: bytes.length, meta: capture, timed: isTimed },
    status: streamStatus(index.streamStatus, end, bytes.length),
    problems: judgedTally(index.problemTally, profile).filter(({ rule }) => !silenced.has(rule)),
    verdict: '',
    dataText: (seq) => stream.dataText(seq),
    snapshotAt: (seq) => stream.snapshotAt(seq),
  };
}
