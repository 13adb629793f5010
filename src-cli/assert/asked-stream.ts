import type { CaptureEnd, StreamStatus } from '../../src-core/capture.ts';
import { judged, judgedTally } from '../../src-core/conformance/profile.ts';
import { profileOf } from '../../src-core/conformance/profiles.ts';
import type { Problem, ProblemTally } from '../../src-core/problem.ts';
import { streamStatus } from '../../src-ipc/stream-status.ts';
import type { Values } from '../arguments/option.ts';
import { ruleNamed } from '../lint/known-rules.ts';
import { chosenLanes } from '../output/chosen-lanes.ts';
import type { Source } from '../sources/source.ts';
import type { WholeStream } from '../stream/whole-stream.ts';
import type { Place } from './assertion.ts';

const LF = 10;

/** A stream that was read to its end, as assertions ask about it. */
export class AskedStream {
  readonly stream: WholeStream;
  readonly source: Source;
  /** How its transport ended. Bytes that came by themselves ended as they should: nobody knows otherwise. */
  readonly end: Pick<CaptureEnd, 'kind'> & Partial<CaptureEnd>;
  readonly status: StreamStatus;
  /** Somebody said that it speaks no protocol. */
  readonly isPlainMeant: boolean;
  readonly #profile: string | null | undefined;
  readonly #silenced: ReadonlySet<string>;

  constructor(stream: WholeStream, values: Values) {
    const { index, source, bytes } = stream;
    this.stream = stream;
    this.source = source;
    this.end = (source.capture ? source.capture.end : null) ?? {
      kind: source.capture ? 'disconnected' : 'closed',
    };
    this.status = streamStatus(index.streamStatus, this.end, bytes.length);
    this.isPlainMeant = values.value('dialect') === 'plain';
    this.#profile = values.value('profile') ?? source.capture?.profile ?? index.profile;
    this.#silenced = new Set([
      ...values.list('silence').map((name) => ruleNamed(name).id),
      ...(source.capture?.silenced ?? []),
    ]);
  }

  /** Counts by rule and severity as the server's profile judges them, without silenced rules. */
  get tally(): readonly ProblemTally[] {
    const { problemTally } = this.stream.index;
    const all = judgedTally(problemTally, profileOf(this.#profile));
    return all.filter(({ rule }) => !this.#silenced.has(rule));
  }

  /** The problems that are listed, judged likewise. */
  get problems(): Problem[] {
    const profile = profileOf(this.#profile);
    return this.stream.index.problems
      .filter(({ rule }) => !this.#silenced.has(rule))
      .map((problem) => judged(problem, profile));
  }

  /** Of the lanes of the answer, or those that are meant: at most so many characters. */
  text(characters: number): string {
    let text = '';
    for (const lane of chosenLanes(this.stream.index, [])) {
      if (text.length > characters) break;
      text += `${text === '' ? '' : '\n'}${this.stream.index.lanes[lane]!.text}`;
    }
    return text.length > characters ? `${text.slice(0, characters)}…` : text;
  }

  /** Microseconds from the request to the end of the transport, or to the last event; null without any. */
  get totalUs(): number | null {
    const { index } = this.stream;
    const last = index.count > 0 ? index.columns.timeUs[index.count - 1]! : null;
    return this.source.capture?.end?.atUs ?? last;
  }

  /** Where the stream ends; null where it has no events. */
  get last(): Place | null {
    const { count } = this.stream.index;
    return count > 0 ? { seq: count - 1 } : null;
  }

  /** The line of a place, from 1; null where lines are none of the file's. */
  lineOf({ seq, start }: Place): number | null {
    const { index, bytes } = this.stream;
    const at = start ?? (seq < index.count ? index.columns.start[seq]! : null);
    if (this.source.isPart || at === null) return null;
    const { buffer, byteOffset, byteLength } = bytes.slice(0, at);
    const before = Buffer.from(buffer, byteOffset, byteLength);
    let line = 1;
    for (let at = before.indexOf(LF); at >= 0; at = before.indexOf(LF, at + 1)) line++;
    return line;
  }
}
