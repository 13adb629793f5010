import { describe, expect, test } from 'vitest';
import { EventIndex } from '../index/event-index.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { parseJson } from '../json.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { LaneDocuments } from './lane-documents.ts';
import { looksLikeJson } from './looks-like-json.ts';

const streams = responsesRecordings().map(({ name, bytes }) => ({
  name,
  stream: new IndexedStream(bytes, { chunks: [500], batches: [1] }),
}));

describe('the documents of lanes', () => {
  test('are those of the lanes that look like JSON, at every event', () => {
    let documents = 0;
    for (const { name, stream } of streams) {
      const { index } = stream;
      const lanes = new LaneDocuments(index);
      index.lanes.forEach((lane, number) => {
        const document = lanes.of(number);
        expect(document !== null, `${name} ${number}`).toBe(looksLikeJson(lane.text));
        if (!document) return;
        documents++;
        expect(document.length).toBe(lane.text.length);
        for (let seq = 0; seq < index.count; seq++) {
          const text = index.laneTextAt(number, seq);
          const prefix = lanes.at(number, seq);
          if (seq < lane.firstSeq) expect(prefix).toBeNull();
          else expect(prefix!.length).toBe(text.length);
        }
        const whole = document.at(lane.text.length);
        const parsed = parseJson(lane.text);
        expect(whole.state === 'complete', `${name} ${number}`).toBe(parsed !== undefined);
        if (parsed !== undefined) expect(whole.valueOf(0)).toEqual(parsed);
      });
    }
    expect(documents).toBeGreaterThan(10);
  });

  test('catch up with a stream that grows', () => {
    for (const { name, stream } of streams) {
      const index = new EventIndex();
      const lanes = new LaneDocuments(index);
      for (const batch of stream.batches) {
        index.append(batch);
        index.lanes.forEach((lane, number) => {
          const document = lanes.of(number);
          expect(document !== null, name).toBe(looksLikeJson(lane.text));
          if (document) expect(document.length).toBe(lane.text.length);
        });
      }
      const fresh = new LaneDocuments(index);
      index.lanes.forEach((lane, number) => {
        const document = lanes.of(number);
        if (!document) return;
        const { length } = lane.text;
        expect(document.at(length).valueOf(0)).toEqual(fresh.of(number)!.at(length).valueOf(0));
      });
    }
  });

  test('are read in slices where somebody wants that', () => {
    for (const { stream } of streams) {
      const { index } = stream;
      const lanes = new LaneDocuments(index);
      index.lanes.forEach((lane, number) => {
        let slices = 1;
        while (!lanes.readOn(number, 10)) slices++;
        const isJson = looksLikeJson(lane.text);
        expect(slices).toBe(isJson ? Math.max(1, Math.ceil(lane.text.length / 10)) : 1);
        if (isJson) expect(lanes.of(number)!.length).toBe(lane.text.length);
      });
    }
  });

  test('are null for a lane that is not there', () => {
    const lanes = new LaneDocuments(new EventIndex());
    expect(lanes.of(0)).toBeNull();
  });
});
