import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { CapturedRequest, CaptureMeta } from '../../src-core/capture.ts';
import { TELLING_BYTES } from '../../src-core/replay/body-facts.ts';
import type { AnswerOf } from '../../src-core/replay/match.ts';
import type { Recorded, RecordedBytes, RecordedChunk } from '../../src-core/replay/recorded.ts';
import { type CapturePaths, wirePaths } from '../captures/capture-folder.ts';
import { CaptureReader } from '../captures/capture-reader.ts';
import { Refusal } from '../refusal.ts';
import { bytesText } from '../wording.ts';
import { answerOf } from './shelf.ts';

/** Bytes of a body that is served: it is in memory while it is. */
export const MAX_SERVED_BYTES = 256 * 1024 * 1024;

/**
 * A capture as it is served.
 * @throws Refusal `too-large`, `no-response`; system errors of reading
 */
export async function readRecorded(paths: CapturePaths, meta: CaptureMeta): Promise<Recorded> {
  const { request, response, timing, end, timed, name } = meta;
  const bytes = await readBytes(paths, timed, name);
  if (!response && bytes.body.length === 0)
    throw new Refusal('no-response', `${name} holds no response. ${end?.message ?? ''}`.trim());
  const onWire = wirePaths(paths);
  const wire = onWire === paths ? null : await readBytes(onWire, timed, name);
  return { request, response, timing, end, ...bytes, wire };
}

/** A file of bytes as it is served. @throws like `readRecorded` */
export async function readFileBytes(path: string, name: string): Promise<Recorded> {
  refuseLarge(statSync(path).size, name);
  const file = await open(path, 'r');
  try {
    const body = await file.readFile();
    return {
      ...{ request: null, response: null, timing: null, end: null, chunks: null, wire: null },
      body,
    };
  } finally {
    await file.close();
  }
}

/** What a capture is an answer of. */
export async function answerIn(
  paths: CapturePaths,
  request: CapturedRequest | null,
): Promise<AnswerOf> {
  return answerOf(request, request ? new Uint8Array(0) : await tellingBytes(paths.body));
}

/** The beginning of a file, none of one that is not there. */
export async function tellingBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return new Uint8Array(0);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(TELLING_BYTES), 0, TELLING_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function readBytes(
  paths: CapturePaths,
  timed: boolean,
  name: string,
): Promise<RecordedBytes> {
  const size = statSync(paths.body, { throwIfNoEntry: false })?.size ?? 0;
  refuseLarge(size, name);
  const reader = new CaptureReader(paths, { timed });
  try {
    const { bytes, pieces } = await reader.read(size, true);
    const chunks: RecordedChunk[] = pieces.map((piece) => ({
      timeUs: piece.timeUs,
      size: piece.bytes.length,
    }));
    return { body: bytes, chunks: timed ? chunks : null };
  } finally {
    await reader.close();
  }
}

function refuseLarge(size: number, name: string): void {
  if (size > MAX_SERVED_BYTES)
    throw new Refusal(
      'too-large',
      `${name} has ${bytesText(size)}: more than ${bytesText(MAX_SERVED_BYTES)} are not served.`,
    );
}
