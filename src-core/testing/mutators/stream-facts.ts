import { isObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import type { EditableStream, Piece } from './editable-stream.ts';

/** Where things are in a recording of one response, for mutators. */

const TERMINAL = ['response.completed', 'response.failed', 'response.incomplete'];

/** The terminal event's seq, -1 where there is none. */
export function terminalOf(stream: EditableStream): number {
  return stream.pieces.findIndex(({ type }) => TERMINAL.includes(type));
}

/** Whether a piece carries a response: a lifecycle event. */
export function hasResponse({ value }: Piece): boolean {
  return isObject(value.response);
}

export function indexOf(value: JsonObject, key: string): number {
  const index = value[key];
  return typeof index === 'number' ? index : -1;
}

/** All events of one type. */
export function ofType(stream: EditableStream, ...types: string[]): number[] {
  return stream.where(({ type }) => types.includes(type));
}

/** The first event of a type that belongs to an item; -1 for none. */
export function eventOfItem(stream: EditableStream, type: string, outputIndex: number): number {
  return stream.pieces.findIndex(
    (piece) => piece.type === type && indexOf(piece.value, 'output_index') === outputIndex,
  );
}

export const itemAddedAt = (stream: EditableStream, outputIndex: number): number =>
  eventOfItem(stream, 'response.output_item.added', outputIndex);
export const itemDoneAt = (stream: EditableStream, outputIndex: number): number =>
  eventOfItem(stream, 'response.output_item.done', outputIndex);

/** The item that an event of `output_item` carries. */
export function itemOf(value: JsonObject): JsonObject {
  return isObject(value.item) ? value.item : {};
}

/** Items that are done, and in the final output at the same index. */
export function doneItems(stream: EditableStream): number[] {
  const final = finalOutput(stream);
  return ofType(stream, 'response.output_item.done').filter((seq) => {
    const last = final[indexOf(stream.value(seq), 'output_index')];
    return isObject(last) && last.id === itemOf(stream.value(seq)).id;
  });
}

/** `output` of the terminal event. */
export function finalOutput(stream: EditableStream): JsonValue[] {
  const response = stream.pieces[terminalOf(stream)]?.value.response;
  return isObject(response) && Array.isArray(response.output) ? response.output : [];
}

/** Changes the response of a lifecycle event. */
export function editResponse(
  stream: EditableStream,
  seq: number,
  change: (response: JsonObject) => void,
): void {
  stream.edit(seq, (value) => change(value.response as JsonObject));
}

/** Changes an item in `output_item.done` and in the final output alike. */
export function editDoneItem(
  stream: EditableStream,
  outputIndex: number,
  change: (item: JsonObject) => void,
): void {
  stream.edit(itemDoneAt(stream, outputIndex), (value) => change(itemOf(value)));
  editFinalItem(stream, outputIndex, change);
}

/** Changes an item of the final output. */
export function editFinalItem(
  stream: EditableStream,
  outputIndex: number,
  change: (item: JsonObject) => void,
): void {
  editResponse(stream, terminalOf(stream), (response) =>
    change((response.output as JsonObject[])[outputIndex]!),
  );
}

/** The status that the stream ends with: `completed`, `failed`, `incomplete`, or empty. */
export function endStatus(stream: EditableStream): string {
  return stringOf(stream.pieces[terminalOf(stream)]?.type).replace('response.', '');
}

/** Whether the stream has its beginning. */
export function isWhole(stream: EditableStream): boolean {
  return stream.type(0) === 'response.created';
}
