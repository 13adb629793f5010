import type { EditableStream } from './editable-stream.ts';
import type { Mutator } from './mutator.ts';
import { indexOf } from './stream-facts.ts';

const RUNNING = /^response\.(\w+_call)\.(searching|interpreting|generating)$/;
const toolOf = (type: string): string =>
  /^response\.(\w+_(?:call|tools))\.\w+$/.exec(type)?.[1] ?? '';

/** Events that tell a tool's status, of which the next of the same item comes right after. */
function followed(stream: EditableStream): number[] {
  return stream.where(({ type, value }, seq) => {
    const next = stream.pieces[seq + 1];
    return (
      type.endsWith('.in_progress') &&
      next !== undefined &&
      toolOf(type) !== '' &&
      toolOf(next.type) === toolOf(type) &&
      indexOf(next.value, 'output_index') === indexOf(value, 'output_index')
    );
  });
}

export const toolMutators: Mutator[] = [
  {
    rule: 'T1',
    does: 'a tool is at work before it is in progress',
    places: followed,
    apply(stream, at) {
      stream.move(at, at + 1);
      return at;
    },
  },
  {
    rule: 'T1',
    does: 'a tool is completed before it runs',
    places: (stream) => stream.where(({ type }) => RUNNING.test(type)),
    apply(stream, at) {
      const { value } = stream.at(at);
      const type = `response.${toolOf(stream.type(at))}.completed`;
      const end = stream.pieces.findIndex(
        (piece) => piece.type === type && piece.value.output_index === value.output_index,
      );
      stream.move(end, at);
      return at + 1;
    },
  },
];
