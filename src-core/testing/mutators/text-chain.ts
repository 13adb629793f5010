import { isObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import type { EditableStream } from './editable-stream.ts';
import { finalOutput, indexOf, itemDoneAt, terminalOf } from './stream-facts.ts';

/** A text that streams: how its events are called, and where its whole value is repeated. */
interface TextKind {
  /** `response.<name>.delta`, `.done` */
  name: string;
  /** What `.done` calls the whole text. */
  field: string;
  /** Which index tells texts of one item apart, and the events of the part it stands in. */
  index?: 'content_index' | 'summary_index' | 'command_index';
  part?: 'content_part' | 'reasoning_summary_part';
  /** Where it stands in the item. */
  path(index: number): (string | number)[];
}

const KINDS: TextKind[] = [
  {
    name: 'output_text',
    field: 'text',
    index: 'content_index',
    part: 'content_part',
    path: (at) => ['content', at, 'text'],
  },
  {
    name: 'refusal',
    field: 'refusal',
    index: 'content_index',
    part: 'content_part',
    path: (at) => ['content', at, 'refusal'],
  },
  {
    name: 'reasoning_text',
    field: 'text',
    index: 'content_index',
    part: 'content_part',
    path: (at) => ['content', at, 'text'],
  },
  {
    name: 'reasoning_summary_text',
    field: 'text',
    index: 'summary_index',
    part: 'reasoning_summary_part',
    path: (at) => ['summary', at, 'text'],
  },
  { name: 'function_call_arguments', field: 'arguments', path: () => ['arguments'] },
  { name: 'mcp_call_arguments', field: 'arguments', path: () => ['arguments'] },
  { name: 'custom_tool_call_input', field: 'input', path: () => ['input'] },
  { name: 'code_interpreter_call_code', field: 'code', path: () => ['code'] },
  {
    name: 'shell_call_command',
    field: 'command',
    index: 'command_index',
    path: (at) => ['action', 'commands', at],
  },
  { name: 'apply_patch_call_operation_diff', field: 'diff', path: () => ['operation', 'diff'] },
];

/** One text of a recording: its events in order, by their seqs; -1 for one that it lacks. */
export interface TextChain {
  kind: TextKind;
  outputIndex: number;
  subIndex: number;
  partAdded: number;
  deltas: number[];
  done: number;
  partDone: number;
  itemDone: number;
  terminal: number;
  text: string;
}

/**
 * The texts whose `.done` came, and that agree everywhere they are repeated, the end of the response
 * included.
 */
export function textChains(stream: EditableStream): readonly TextChain[] {
  return stream.found('texts', () => chainsIn(stream));
}

function chainsIn(stream: EditableStream): TextChain[] {
  return KINDS.flatMap((kind) =>
    stream
      .where(({ type }) => type === `response.${kind.name}.done`)
      .map((done) => chainOf(stream, kind, done))
      .filter((chain) => isWhole(stream, chain)),
  );
}

function chainOf(stream: EditableStream, kind: TextKind, done: number): TextChain {
  const value = stream.value(done);
  const outputIndex = indexOf(value, 'output_index');
  const subIndex = kind.index ? indexOf(value, kind.index) : -1;
  const ofText = (type: string): number[] =>
    stream.where(
      (piece) =>
        piece.type === type &&
        indexOf(piece.value, 'output_index') === outputIndex &&
        (!kind.index || indexOf(piece.value, kind.index) === subIndex),
    );
  const partEvent = (end: string): number =>
    kind.part ? (ofText(`response.${kind.part}.${end}`)[0] ?? -1) : -1;
  return {
    ...{ kind, outputIndex, subIndex, done },
    partAdded: partEvent('added'),
    deltas: ofText(`response.${kind.name}.delta`),
    partDone: partEvent('done'),
    itemDone: itemDoneAt(stream, outputIndex),
    terminal: terminalOf(stream),
    text: stringOf(value[kind.field]),
  };
}

function isWhole(stream: EditableStream, chain: TextChain): boolean {
  const { kind, done, partDone, itemDone, text } = chain;
  const deltas = chain.deltas.map((seq) => stringOf(stream.value(seq).delta)).join('');
  const item = stream.pieces[itemDone]?.value.item;
  const final = finalOutput(stream)[chain.outputIndex];
  const places = [item, final].map((root) => valueAt(root, kind.path(chain.subIndex)));
  const partText = kind.part ? stream.pieces[partDone]?.value.part : undefined;
  return (
    (chain.deltas.length === 0 || deltas === text) &&
    (!kind.part || (done < partDone && partDone < itemDone)) &&
    (!kind.part || (isObject(partText) && partText[kind.field] === text)) &&
    places.every((place) => place === text)
  );
}

function valueAt(root: JsonValue | undefined, path: readonly (string | number)[]): unknown {
  let value: unknown = root;
  for (const key of path) value = (value as Record<string | number, unknown> | undefined)?.[key];
  return value;
}

function setAt(root: JsonObject, path: readonly (string | number)[], text: string): void {
  const place = valueAt(root, path.slice(0, -1)) as Record<string | number, unknown>;
  place[path.at(-1)!] = text;
}

/** Where a whole text is written. */
export type ChainPlace = 'done' | 'partDone' | 'itemDone' | 'terminal';

/** Writes another whole text at these places. */
export function writeText(
  stream: EditableStream,
  chain: TextChain,
  places: readonly ChainPlace[],
  text: string,
): void {
  const { kind, subIndex, outputIndex } = chain;
  for (const place of places) {
    const seq = chain[place];
    if (seq < 0) continue;
    stream.edit(seq, (value) => {
      if (place === 'done') value[kind.field] = text;
      else if (place === 'partDone') (value.part as JsonObject)[kind.field] = text;
      else {
        const item =
          place === 'itemDone'
            ? value.item
            : ((value.response as JsonObject).output as JsonValue[])[outputIndex];
        setAt(item as JsonObject, kind.path(subIndex), text);
      }
    });
  }
}

/** Makes the text another one everywhere, the deltas included, each of which keeps its length. */
export function writeEverywhere(stream: EditableStream, chain: TextChain, text: string): void {
  const last = chain.deltas.at(-1);
  let from = 0;
  for (const seq of chain.deltas) {
    const end = seq === last ? text.length : from + stringOf(stream.value(seq).delta).length;
    const delta = text.slice(from, end);
    if (stream.value(seq).delta !== delta) stream.edit(seq, (value) => (value.delta = delta));
    from = end;
  }
  writeText(stream, chain, ['done', 'partDone', 'itemDone', 'terminal'], text);
}
