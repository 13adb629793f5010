import { readFileSync, rmSync } from 'node:fs';
import * as v from 'valibot';
import type { CapturedRequest, CaptureMeta, CaptureSummary } from '../../src-core/capture.ts';
import { isObject, parseJson, stringOf } from '../../src-core/json.ts';
import { SEVERITIES } from '../../src-core/problem.ts';
import { isNoStream, streamStatus } from '../../src-ipc/stream-status.ts';
import { writeFileAtomic } from '../atomic-file.ts';
import { bodySize, type CapturePaths } from './capture-folder.ts';
import { CaptureReader } from './capture-reader.ts';
import type { KnownOfCapture } from '../../src-core/index/index-options.ts';
import { StreamFacts, type StreamSummary } from './stream-facts.ts';

/** Raised whenever the core counts events or problems in another way: caches are then made anew. */
const SUMMARY_VERSION = 8;

/** `summary.json`: a cache that may be deleted at any time. */
const SummaryFile = v.object({
  version: v.literal(SUMMARY_VERSION),
  /** The size of the body that it was made from. */
  bytes: v.number(),
  events: v.number(),
  problems: v.array(
    v.object({ rule: v.string(), severity: v.picklist(SEVERITIES), count: v.number() }),
  ),
  profile: v.nullable(v.string()),
  model: v.string(),
  stream: v.picklist(['idle', 'streaming', 'completed', 'incomplete', 'failed']),
  lastTimeUs: v.number(),
});

/** The cached facts, null if there are none for a body of this size. */
export function readSummary(paths: CapturePaths, bytes: number): StreamSummary | null {
  try {
    const file = v.parse(SummaryFile, JSON.parse(readFileSync(paths.summary, 'utf8')));
    return file.bytes === bytes ? file : null;
  } catch {
    return null;
  }
}

/** Keeps the facts for the next start; that it can't is no loss. */
export function writeSummary(paths: CapturePaths, bytes: number, facts: StreamSummary): void {
  const file = { version: SUMMARY_VERSION, bytes, ...facts };
  try {
    writeFileAtomic(paths.summary, `${JSON.stringify(file)}\n`);
  } catch {
    // A read-only folder: the facts are computed again at the next start.
  }
}

/** The facts are to be computed anew. */
export function dropSummary(paths: CapturePaths): void {
  rmSync(paths.summary, { force: true });
}

const PIECE = 1024 * 1024;

/**
 * Reads a whole capture for its facts, yielding to the event loop after each MiB.
 * @param onProgress told after each how far it is, from 0 to 1; what it throws ends the reading
 */
export async function computeFacts(
  paths: CapturePaths,
  meta: KnownOfCapture,
  onProgress: (fraction: number) => void = () => {},
): Promise<{ facts: StreamSummary; bytes: number }> {
  const reader = new CaptureReader(paths, { timed: meta.timed });
  const facts = new StreamFacts(() => meta);
  const size = bodySize(paths);
  try {
    for (;;) {
      const { bytes, pieces } = await reader.read(PIECE, true);
      if (bytes.byteLength === 0) break;
      onProgress(size === 0 ? 1 : Math.min(1, reader.position / size));
      for (const piece of pieces) facts.push(piece.bytes, piece.timeUs, piece.continued);
      await new Promise((resolve) => setImmediate(resolve));
    }
    facts.end(meta.end ?? null);
    return { facts: facts.summary, bytes: reader.position };
  } finally {
    await reader.close();
  }
}

/**
 * A row of the list.
 * @param facts null while they are not known: the row says idle
 * @param requestModel the model that was asked for; called only while the stream has named none
 */
export function summaryOf(
  meta: CaptureMeta,
  facts: StreamSummary | null,
  bytes: number,
  requestModel: () => string,
): CaptureSummary {
  const durationUs = meta.timed ? Math.max(meta.end?.atUs ?? 0, facts?.lastTimeUs ?? 0) : 0;
  return {
    id: meta.id,
    name: meta.name,
    createdAt: meta.createdAt,
    ...(meta.addedAt !== undefined && { addedAt: meta.addedAt }),
    ...askedOf(meta),
    origin: meta.origin.kind,
    status: facts ? streamStatus(facts.stream, meta.end, bytes) : 'idle',
    model: facts?.model || requestModel(),
    events: facts?.events ?? 0,
    bytes,
    durationUs,
    timed: meta.timed,
    // An answer that is no event stream has one fault, which its end tells; its lines have none.
    problems:
      facts && (facts.events > 0 || !isNoStream(meta.end, facts.problems)) ? facts.problems : [],
    ...(meta.silenced && { silenced: meta.silenced }),
    profile: meta.profile ?? facts?.profile ?? null,
    bookmarks: meta.bookmarks.length,
    ...(meta.run && { run: meta.run }),
    ...(meta.checks && { checks: meta.checks }),
  };
}

/** Where the request of an import went: its name says the file. */
function askedOf({ origin, request }: CaptureMeta): { asked?: string } {
  if (!request || origin.kind === 'request' || origin.kind === 'example') return {};
  const asked = /^\w+:\/\/([^?#]*)/.exec(request.url)?.[1] ?? '';
  return asked === '' ? {} : { asked };
}

/** The model that a request asks for, `''` where it does not say. */
export function modelOfRequest({ request }: CaptureMeta): string {
  if (!request) return '';
  // A list with many live captures asks often, and bodies may be long.
  const known = models.get(request);
  if (known !== undefined) return known;
  const body = parseJson(request.body);
  const model = isObject(body) ? stringOf(body.model) : '';
  models.set(request, model);
  return model;
}

const models = new WeakMap<CapturedRequest, string>();
