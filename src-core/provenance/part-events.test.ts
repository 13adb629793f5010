import { expect, test } from 'vitest';
import { EventIndex } from '../index/event-index.ts';
import { eventsOf, IndexedStream } from '../testing/indexed-stream.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { PartEvents } from './part-events.ts';

test('finds the events by their types, also while they come in', () => {
  let annotations = 0;
  for (const { bytes } of responsesRecordings()) {
    const { batches } = new IndexedStream(bytes, { chunks: [3000], batches: [1] });
    const index = new EventIndex();
    const parts = new PartEvents(index);
    for (const batch of batches) {
      index.append(batch);
      parts.of('annotation');
    }
    const types = eventsOf(bytes).map(({ type }) => type);
    const seqsOf = (pattern: RegExp) =>
      types.flatMap((type, seq) => (pattern.test(type) ? [seq] : []));
    const list = parts.of('annotation');
    const found = Array.from({ length: list.length }, (_, at) => list.at(at));
    expect(found).toEqual(seqsOf(/^response\.output_text\.annotation\.added$/));
    annotations += found.length;
    const images = parts.of('partial-image');
    expect(images.length).toBe(seqsOf(/partial_image$/).length);
    const whole = parts.of('whole');
    expect(Array.from({ length: whole.length }, (_, at) => whole.at(at))).toEqual(
      seqsOf(
        /^response\.((content|reasoning_summary)_part\.done|output_item\.(added|done)|completed|incomplete|failed)$/,
      ),
    );
  }
  expect(annotations).toBeGreaterThan(10);
});
