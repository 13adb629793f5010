import { expect, test } from 'vitest';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import { planOf } from '../../src-core/schema-check/compile.ts';
import { schemaWord } from '../../src-core/schema-check/verdict.ts';
import { LaneCheck } from './lane-check.ts';

/** A text that came in these deltas, held against a schema until the stream is over. */
function checked(deltas: readonly string[], schema: object) {
  const events = deltas.map((delta) => {
    const place = { output_index: 0, content_index: 0, item_id: 'm' };
    const event = { type: 'response.output_text.delta', ...place, delta };
    return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  });
  const indexer = new Indexer({});
  indexer.push(new TextEncoder().encode(events.join('')), 0);
  const index = new EventIndex();
  index.append(indexer.takeBatch());
  const source = { name: 'number', schema: schema as never };
  const one = new LaneCheck(index, 0, source, planOf(source.schema), null);
  one.readOn(Infinity);
  const length = deltas.join('').length;
  const word = (isOver: boolean) =>
    schemaWord(one.check, one.judgedLength(length, isOver), isOver, null);
  return { one, word };
}

test('a number that is the whole text is judged once nothing follows', () => {
  const { one, word } = checked(['3', '0'], { type: 'integer', maximum: 20 });
  expect(word(false)).toBe('valid so far');
  one.end();
  expect(one.isRead).toBe(false);
  one.readOn(Infinity);
  expect(one.isRead).toBe(true);
  expect(word(true)).toBe('invalid');
  // With the event of its last digit.
  expect(one.invalidSeq).toBe(1);
  // The text could have gone on.
  expect(word(false)).toBe('valid so far');
  one.end();
  expect(one.isRead).toBe(true);
});

test('a text that is cut stays truncated', () => {
  const { one, word } = checked(['"ab'], { type: 'string' });
  one.end();
  one.readOn(Infinity);
  expect(word(true)).toBe('truncated');
});
