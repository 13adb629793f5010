import type { Api } from '../../src-core/apis.ts';
import { ByteLog } from '../../src-core/byte-log.ts';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import { isObject, type JsonObject, parseJson } from '../../src-core/json.ts';
import { Snapshots } from '../../src-core/snapshot/snapshots.ts';
import { type FrameSink, readData } from '../../src-core/sse/frame.ts';
import { FrameParser } from '../../src-core/sse/frame-parser.ts';

/** The object that a stream of an API ends with: what the same request gets without `stream`. */
export function finalObject(api: Api, body: Uint8Array): JsonObject | null {
  return api === 'responses' ? finalResponse(body) : lastSnapshot(body);
}

const TERMINAL = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/** The server's own word, which is more than its events amount to. */
function finalResponse(body: Uint8Array): JsonObject | null {
  let response: JsonObject | null = null;
  const sink: FrameSink = {
    frame(frame, bytes, base) {
      if (frame.kind !== 'event') return;
      const event = parseJson(readData(frame, bytes, base));
      if (!isObject(event) || !TERMINAL.has(String(event.type))) return;
      if (isObject(event.response)) response = event.response;
    },
    deviation: () => undefined,
  };
  const parser = new FrameParser(sink);
  parser.push(body);
  parser.end();
  return response;
}

/** What the events amount to. Examples and captures are small enough to be read at once. */
function lastSnapshot(body: Uint8Array): JsonObject | null {
  const indexer = new Indexer({ rhythm: true });
  const index = new EventIndex();
  const bytes = new ByteLog();
  bytes.append(body);
  indexer.push(body, 0, false);
  indexer.end();
  index.append(indexer.takeBatch());
  if (index.count === 0) return null;
  const snapshots = new Snapshots(index, (seq) => {
    const { dataStart, dataEnd } = index.columns;
    return parseJson(new TextDecoder().decode(bytes.slice(dataStart[seq]!, dataEnd[seq]!)));
  });
  return snapshots.at(index.count - 1);
}
