import { isObject, type JsonObject, type JsonValue, parseJson } from '../../json.ts';
import type { EditableStream } from './editable-stream.ts';
import { outputAgrees } from './items.ts';
import type { Mutator } from './mutator.ts';
import {
  doneItems,
  editFinalItem,
  editResponse,
  endStatus,
  finalOutput,
  isWhole,
  indexOf,
  itemOf,
  ofType,
  terminalOf,
} from './stream-facts.ts';
import { type TextChain, textChains, writeEverywhere, writeText } from './text-chain.ts';

/** The terminal event, where the final output has all that was done. */
const agreed = (stream: EditableStream): number[] =>
  outputAgrees(stream) ? [terminalOf(stream)] : [];

function editOutput(stream: EditableStream, change: (output: JsonValue[]) => void): void {
  editResponse(stream, terminalOf(stream), ({ output }) => change(output as JsonValue[]));
}

const functionCalls = (stream: EditableStream): TextChain[] =>
  textChains(stream).filter(({ kind, itemDone }) => {
    const { status } = itemOf(stream.value(itemDone));
    return kind.name === 'function_call_arguments' && status === 'completed';
  });

/** Outputs that have to fit a strict schema of an object. */
function structured(stream: EditableStream): TextChain[] {
  const response = stream.pieces[terminalOf(stream)]?.value.response;
  const text = isObject(response) && isObject(response.text) ? response.text : {};
  const format = isObject(text.format) ? text.format : {};
  if (format.type !== 'json_schema' || format.strict !== true) return [];
  if (endStatus(stream) !== 'completed') return [];
  return textChains(stream).filter(
    (chain) => chain.kind.name === 'output_text' && isObject(parseJson(chain.text)),
  );
}

/** Rewrites a structured output so that it is still JSON. */
function restructured(does: string, change: (value: JsonObject) => void): Mutator {
  return {
    ...{ rule: 'X3', does },
    places: (stream) => structured(stream).map(({ itemDone }) => itemDone),
    apply(stream, at) {
      const chain = structured(stream)[0]!;
      const value = parseJson(chain.text) as JsonObject;
      change(value);
      writeEverywhere(stream, chain, JSON.stringify(value));
      return at;
    },
  };
}

export const finalMutators: Mutator[] = [
  {
    rule: 'X1',
    does: 'a text is another one in the end',
    places: (stream) => textChains(stream).map(({ done }) => done),
    apply(stream, at) {
      const chain = textChains(stream).find(({ done }) => done === at)!;
      writeText(stream, chain, ['terminal'], `${chain.text} `);
      return chain.terminal;
    },
  },
  {
    rule: 'X1',
    does: 'an item has one field more in the end',
    places: doneItems,
    apply(stream, at) {
      const index = indexOf(stream.value(at), 'output_index');
      editFinalItem(stream, index, (item) => (item.note = 'new'));
      return terminalOf(stream);
    },
  },
  {
    rule: 'X1',
    does: 'the last item is not in the final output',
    places: agreed,
    apply(stream, at) {
      editOutput(stream, (output) => output.pop());
      return at;
    },
  },
  {
    rule: 'X1',
    does: 'the final output has an item that was never streamed',
    places: (stream) => (isWhole(stream) ? agreed(stream) : []),
    apply(stream, at) {
      editOutput(stream, (output) =>
        output.push({ id: 'rs_late', type: 'reasoning', summary: [] }),
      );
      return at;
    },
  },
  {
    rule: 'X1',
    does: 'the final output has its items in another order',
    places: (stream) => (finalOutput(stream).length > 1 ? agreed(stream) : []),
    apply(stream, at) {
      editOutput(stream, (output) => output.reverse());
      return at;
    },
    more: 10,
  },
  {
    rule: 'X2',
    does: 'arguments end early',
    places: (stream) => functionCalls(stream).map(({ itemDone }) => itemDone),
    apply(stream, at) {
      const chain = functionCalls(stream).find(({ itemDone }) => itemDone === at)!;
      writeEverywhere(stream, chain, chain.text.slice(0, -1));
      return at;
    },
  },
  {
    rule: 'X3',
    does: 'the output ends early',
    places: (stream) => structured(stream).map(({ itemDone }) => itemDone),
    apply(stream, at) {
      const chain = structured(stream)[0]!;
      writeEverywhere(stream, chain, chain.text.slice(0, -1));
      return at;
    },
  },
  restructured('a property is missing', (value) => delete value[Object.keys(value)[0]!]),
  restructured('a property is too many', (value) => (value.unasked = true)),
  restructured('a property is of another type', (value) => {
    value[Object.keys(value)[0]!] = [false];
  }),
  {
    rule: 'X5',
    does: 'an event that is no delta has padding',
    places: (stream) =>
      stream.where(({ type, value }) => !type.endsWith('.delta') && isObject(value.response)),
    apply(stream, at) {
      stream.edit(at, (value) => (value.obfuscation = 'xYz'));
      return at;
    },
  },
  {
    rule: 'X5',
    does: 'there is padding, which was not asked for',
    places: (stream) =>
      stream.where(({ value }) => 'obfuscation' in value).length === 0
        ? ofType(stream, 'response.output_text.delta')
        : [],
    apply(stream, at) {
      stream.edit(at, (value) => (value.obfuscation = 'xYz'));
      return at;
    },
    request: {
      url: 'https://api.openai.com/v1/responses',
      body: '{"stream":true,"stream_options":{"include_obfuscation":false}}',
    },
  },
];
