import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CaptureMeta, CapturedRequest } from '../capture.ts';
import { EventFlag } from '../index/batch.ts';
import { EventIndex } from '../index/event-index.ts';
import { Indexer } from '../index/indexer.ts';
import { parseJson } from '../json.ts';
import type { SpannedCapture } from '../otel/span-facts.ts';
import { Snapshots } from '../snapshot/snapshots.ts';
import { readData } from '../sse/frame.ts';

/** The bytes of a recording, by its path below `recordings`. */
export function recordedBytes(path: string): Uint8Array {
  return new Uint8Array(
    readFileSync(fileURLToPath(new URL(`./recordings/${path}`, import.meta.url))),
  );
}

/** A POST with a JSON body. */
export function jsonRequest(url: string, body: unknown): CapturedRequest {
  return { method: 'POST', url, headers: [], body: JSON.stringify(body) };
}

/** A capture that began at noon UTC, whose bytes came at 250 ms, and which ended in order at 2 s. */
export function spannedCapture(
  bytes: Uint8Array,
  facts: Partial<CaptureMeta> = {},
): SpannedCapture {
  const indexer = new Indexer();
  const index = new EventIndex();
  if (bytes.length > 0) indexer.push(bytes, 250_000);
  indexer.end();
  index.append(indexer.takeBatch());
  const value: SpannedCapture['value'] = (seq) => {
    const { dataStart, dataEnd } = index.columns;
    const dataLines = index.has(seq, EventFlag.multiline) ? Infinity : 1;
    const range = { dataStart: dataStart[seq]!, dataEnd: dataEnd[seq]!, dataLines };
    return parseJson(readData(range, bytes));
  };
  const snapshots = new Snapshots(index, value);
  return {
    meta: {
      version: 1,
      id: '20261122-120000-test',
      name: 'test',
      createdAt: '2026-11-22T12:00:00.123Z',
      origin: { kind: 'request', endpoint: 'test' },
      request: null,
      response: null,
      timing: null,
      end: { kind: 'closed', atUs: 2_000_001, code: null, message: '' },
      timed: true,
      bookmarks: [],
      ...facts,
    },
    index,
    value,
    snapshotAt: (seq) => snapshots.at(seq),
  };
}
