import { isObject, type JsonObject, stringOf } from '../../json.ts';
import type { EditableStream } from './editable-stream.ts';
import type { Mutator } from './mutator.ts';
import {
  doneItems,
  editDoneItem,
  editResponse,
  endStatus,
  finalOutput,
  isWhole,
  indexOf,
  itemAddedAt,
  itemDoneAt,
  itemOf,
  ofType,
  terminalOf,
} from './stream-facts.ts';

const ADDED = 'response.output_item.added';
const added = (stream: EditableStream): number[] => ofType(stream, ADDED);
const outputIndexAt = (stream: EditableStream, seq: number): number =>
  indexOf(stream.value(seq), 'output_index');
const itemAt = (stream: EditableStream, seq: number): JsonObject => itemOf(stream.value(seq));

/** `output_item.done` events, of items that the final output repeats, for which this holds. */
function doneWhere(holds: (item: JsonObject) => boolean) {
  return (stream: EditableStream): number[] =>
    doneItems(stream).filter(
      (seq) => holds(itemAt(stream, seq)) && itemAddedAt(stream, outputIndexAt(stream, seq)) >= 0,
    );
}

/** A change of an item in `output_item.done` and in the final output. */
function doneItem(
  rule: string,
  does: string,
  places: (stream: EditableStream) => number[],
  change: (item: JsonObject) => void,
): Mutator {
  const apply = (stream: EditableStream, at: number): number => {
    editDoneItem(stream, outputIndexAt(stream, at), change);
    return at;
  };
  return { rule, does, places, apply };
}

/** A change of an item in `output_item.added` only. */
function addedItem(
  rule: string,
  does: string,
  holds: (item: JsonObject) => boolean,
  change: (item: JsonObject) => void,
): Mutator {
  return {
    ...{ rule, does },
    places: (stream) => added(stream).filter((seq) => holds(itemAt(stream, seq))),
    apply(stream, at) {
      stream.edit(at, (value) => change(itemOf(value)));
      return at;
    },
  };
}

/** The first event after `seq` that belongs to the item, -1 for none. */
function nextOfItem(stream: EditableStream, outputIndex: number, seq: number): number {
  return stream.where(
    (piece, at) => at > seq && indexOf(piece.value, 'output_index') === outputIndex,
  )[0]!;
}

/** The first event of an item that is added after `seq`, else the terminal event. */
function nextItem(stream: EditableStream, seq: number): number {
  return added(stream).find((at) => at > seq) ?? terminalOf(stream);
}

const isComplete = (item: JsonObject): boolean =>
  item.status === 'completed' && item.type !== 'function_call';

export const itemMutators: Mutator[] = [
  {
    rule: 'I1',
    does: 'two items trade their places',
    places: (stream) =>
      added(stream).filter(
        (seq) =>
          outputIndexAt(stream, seq) === 0 &&
          added(stream).length === 2 &&
          finalOutput(stream).length === 2,
      ),
    apply(stream, at) {
      for (let seq = 0; seq < stream.count; seq++) {
        const index = outputIndexAt(stream, seq);
        if (index >= 0) stream.edit(seq, (value) => (value.output_index = 1 - index));
      }
      editResponse(stream, terminalOf(stream), (response) => {
        (response.output as JsonObject[]).reverse();
      });
      return at;
    },
    more: 1,
  },
  {
    rule: 'I1',
    does: 'an item is added twice',
    places: added,
    apply(stream, at) {
      stream.insert(at + 1, stream.value(at));
      return at + 1;
    },
  },
  {
    rule: 'I2',
    does: 'an item is never added',
    places: (stream) =>
      isWhole(stream)
        ? added(stream).filter((seq) => itemDoneAt(stream, outputIndexAt(stream, seq)) > 0)
        : [],
    apply(stream, at) {
      const index = outputIndexAt(stream, at);
      stream.remove(at);
      return nextOfItem(stream, index, at - 1);
    },
  },
  {
    rule: 'I2',
    does: "a tool's status comes after its item is done",
    places: (stream) =>
      stream.where(
        ({ type, value }, seq) =>
          /_(call|tools)\.(completed|failed)$/.test(type) &&
          itemDoneAt(stream, indexOf(value, 'output_index')) > seq,
      ),
    apply(stream, at) {
      const done = itemDoneAt(stream, outputIndexAt(stream, at));
      stream.insert(done + 1, stream.value(at));
      return done + 1;
    },
  },
  {
    rule: 'I2',
    does: 'a delta comes after its item is done',
    places: (stream) =>
      stream.where(
        ({ type, value }, seq) =>
          type.endsWith('.delta') &&
          typeof value.delta === 'string' &&
          itemDoneAt(stream, indexOf(value, 'output_index')) > seq,
      ),
    apply(stream, at) {
      const done = itemDoneAt(stream, outputIndexAt(stream, at));
      stream.insert(done + 1, { ...stream.value(at), delta: '' });
      return done + 1;
    },
  },
  {
    rule: 'I3',
    does: 'an event has the id of another item',
    places: (stream) =>
      stream.where(({ value }) => {
        const start = itemAddedAt(stream, indexOf(value, 'output_index'));
        return start >= 0 && stringOf(value.item_id) === itemAt(stream, start).id;
      }),
    apply(stream, at) {
      stream.edit(at, (value) => (value.item_id = `${String(value.item_id)}x`));
      return at;
    },
  },
  doneItem(
    'I4',
    'an item is done with another id',
    doneWhere((item) => typeof item.id === 'string'),
    (item) => (item.id = `${String(item.id)}x`),
  ),
  doneItem(
    'I4',
    'an item is done with another type',
    doneWhere((item) => item.type === 'web_search_call'),
    (item) => (item.type = 'file_search_call'),
  ),
  doneItem(
    'I4',
    'a call is done with another call_id',
    doneWhere((item) => typeof item.call_id === 'string'),
    (item) => (item.call_id = `${String(item.call_id)}x`),
  ),
  {
    rule: 'I5',
    does: 'an item is never done',
    places: (stream) =>
      endStatus(stream) === 'completed'
        ? // Lists of tools stay open in recordings of OpenAI.
          doneItems(stream).filter((seq) => itemAt(stream, seq).type !== 'mcp_list_tools')
        : [],
    apply(stream, at) {
      stream.remove(at);
      return terminalOf(stream);
    },
  },
  addedItem(
    'I6',
    'an item is added as completed',
    (item) => item.status === 'in_progress',
    (item) => (item.status = 'completed'),
  ),
  addedItem(
    'I6',
    'a message is added with content',
    (item) => item.type === 'message' && Array.isArray(item.content),
    (item) => (item.content = [{ type: 'output_text', text: '', annotations: [] }]),
  ),
  addedItem(
    'I6',
    'a function call is added with arguments',
    (item) => item.type === 'function_call' && item.arguments === '',
    (item) => (item.arguments = '{'),
  ),
  doneItem('I7', 'an item is done and in progress', doneWhere(isComplete), (item) => {
    item.status = 'in_progress';
  }),
  {
    rule: 'I8',
    does: 'an item of a completed response is incomplete',
    places: (stream) => (endStatus(stream) === 'completed' ? doneWhere(isComplete)(stream) : []),
    apply(stream, at) {
      editDoneItem(stream, outputIndexAt(stream, at), (item) => (item.status = 'incomplete'));
      return nextItem(stream, at);
    },
  },
];

/** Whether the final output has the items that were done, at their indexes. */
export function outputAgrees(stream: EditableStream): boolean {
  const done = ofType(stream, 'response.output_item.done');
  return (
    done.length > 0 &&
    doneItems(stream).length === done.length &&
    finalOutput(stream).every(isObject)
  );
}
