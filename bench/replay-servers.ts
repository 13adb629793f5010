import { LLMock } from '@copilotkit/aimock';
import { DEFAULT_MATCHING } from '../src-core/replay/matching.ts';
import type { Pace } from '../src-core/replay/pace.ts';
import { serveRecordings } from '../src-main/replay-server/serve-recordings.ts';

/** What a server of the benchmark serves: one stream of chat completions. */
export interface Served {
  by: 'deltascope' | 'aimock';
  /** Of aimock: the text that it makes its stream of, so many characters a chunk. */
  text: string;
  chunkSize: number;
  /** Of ours: the bytes that aimock made, as base64, in chunks. */
  body: string;
  sizes: number[];
  /** Milliseconds from one chunk to the next, the first after the head; null: at once. */
  gapsMs: number[] | null;
}

/** Serves in a process of its own, until that is ended: tells its parent the base URL. */
export async function serveReplay(served: Served): Promise<string> {
  return served.by === 'deltascope' ? serveOurs(served) : serveAimock(served);
}

async function serveOurs({ body, sizes, gapsMs }: Served): Promise<string> {
  let timeUs = 0;
  const chunks = sizes.map((size, at) => ({
    size,
    timeUs: (timeUs += (gapsMs?.[at] ?? 0) * 1000),
  }));
  const timing = { dnsUs: null, connectUs: null, tlsUs: null, sentUs: 0, firstByteUs: 0 };
  const recording = { name: 'bench', body: Buffer.from(body, 'base64'), chunks, timing };
  const pace: Pace = gapsMs ? { kind: 'recorded', factor: 1 } : { kind: 'instant' };
  const server = serveRecordings([recording], { pace, matching: DEFAULT_MATCHING });
  await server.start();
  return server.state.url!;
}

async function serveAimock({ text, chunkSize, gapsMs }: Served): Promise<string> {
  const mock = new LLMock({ port: 0 });
  const timings = gapsMs && {
    recordedTimings: {
      ttftMs: gapsMs[0]!,
      interChunkDelaysMs: gapsMs.slice(1),
      totalDurationMs: gapsMs.reduce((sum, gap) => sum + gap),
    },
  };
  mock.onMessage('hello', { content: text }, { chunkSize, ...timings });
  await mock.start();
  return mock.url;
}
