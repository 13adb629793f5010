import type { JsonObject, JsonValue } from '../../json.ts';
import { isObject, stringOf } from '../../json.ts';
import type { EditableStream } from './editable-stream.ts';
import type { Mutator } from './mutator.ts';
import { editDoneItem, indexOf, itemDoneAt, itemOf, ofType } from './stream-facts.ts';
import { type ChainPlace, type TextChain, textChains, writeText } from './text-chain.ts';

/** What is done to one of the texts of a recording; `places` are the events of its `key`. */
function text(
  rule: string,
  does: string,
  key: 'partAdded' | 'deltas' | 'done' | 'partDone' | 'itemDone',
  holds: (chain: TextChain, stream: EditableStream) => boolean,
  apply: (stream: EditableStream, chain: TextChain, at: number) => number,
): Mutator {
  const placesOf = (chain: TextChain): number[] =>
    key === 'deltas' ? chain.deltas : chain[key] < 0 ? [] : [chain[key]];
  return {
    ...{ rule, does },
    places: (stream) =>
      textChains(stream)
        .filter((chain) => holds(chain, stream))
        .flatMap(placesOf),
    apply(stream, at) {
      const chain = textChains(stream).find((each) => placesOf(each).includes(at));
      if (!chain) throw new Error(`event ${at} belongs to no text`);
      return apply(stream, chain, at);
    },
  };
}

const any = (): boolean => true;
const hasPart = (chain: TextChain): boolean => chain.partAdded >= 0 && chain.partDone >= 0;
const hasDeltas = (chain: TextChain): boolean => chain.deltas.length > 0;
const isStreamedPart = (chain: TextChain): boolean => hasPart(chain) && hasDeltas(chain);

/** A whole text gets a space, which leaves JSON what it was, from one place on to the end. */
function lengthen(first: ChainPlace, ...others: ChainPlace[]) {
  return (stream: EditableStream, chain: TextChain): number => {
    writeText(stream, chain, [first, ...others], `${chain.text} `);
    return chain[first];
  };
}

/** An event of the same item and part with other data. */
function sibling(stream: EditableStream, at: number, type: string, data: JsonObject): JsonObject {
  const { item_id, output_index, content_index, summary_index, sequence_number } = stream.value(at);
  const place = { item_id, output_index, content_index, summary_index };
  return { type, sequence_number, ...place, ...data };
}

/** The summary of a reasoning item has two parts at least: their first `added`. */
function manyParts(stream: EditableStream): number[] {
  return ofType(stream, 'response.reasoning_summary_part.added').filter((seq) => {
    const value = stream.value(seq);
    const done = stream.pieces[itemDoneAt(stream, indexOf(value, 'output_index'))];
    const { summary } = itemOf(done?.value ?? {});
    return value.summary_index === 0 && Array.isArray(summary) && summary.length > 1;
  });
}

function swapFirstTwo(item: JsonObject): void {
  const [first, second, ...rest] = item.summary as JsonValue[];
  item.summary = [second!, first!, ...rest];
}

const annotated = (stream: EditableStream): number[] =>
  ofType(stream, 'response.output_text.annotation.added').filter((seq) =>
    textChains(stream).some(({ outputIndex, partDone }) => {
      const value = stream.value(seq);
      return outputIndex === value.output_index && partDone > seq;
    }),
  );

export const partMutators: Mutator[] = [
  text('P1', 'a part is never added', 'partAdded', hasPart, (stream, chain) => {
    stream.remove(chain.partAdded);
    return (chain.deltas[0] ?? chain.done) - 1;
  }),
  text('P1', 'a part is added with text in it', 'partAdded', hasPart, (stream, chain) => {
    stream.edit(chain.partAdded, ({ part }) => ((part as JsonObject)[chain.kind.field] = 'x'));
    return chain.partAdded;
  }),
  text('P1', 'a part is added twice', 'partAdded', hasPart, (stream, chain) => {
    stream.insert(chain.partAdded + 1, stream.value(chain.partAdded));
    return chain.partAdded + 1;
  }),
  {
    rule: 'P1',
    does: 'two parts trade their places',
    places: manyParts,
    apply(stream, at) {
      const outputIndex = indexOf(stream.value(at), 'output_index');
      for (let seq = at; seq < stream.count; seq++) {
        const { output_index: item, summary_index: index } = stream.value(seq);
        if (item !== outputIndex || (index !== 0 && index !== 1)) continue;
        stream.edit(seq, (value) => (value.summary_index = 1 - index));
      }
      editDoneItem(stream, outputIndex, swapFirstTwo);
      return at;
    },
    more: 1,
  },
  text('P2', 'the part is done before its text', 'done', isStreamedPart, (stream, chain) => {
    stream.move(chain.partDone, chain.done);
    return chain.done;
  }),
  text('P2', 'a delta comes after the text is done', 'done', hasDeltas, (stream, chain) => {
    stream.insert(chain.done + 1, { ...stream.value(chain.deltas[0]!), delta: '' });
    return chain.done + 1;
  }),
  text('P2', 'a text is never done', 'done', isStreamedPart, (stream, chain) => {
    stream.remove(chain.done);
    return chain.partDone - 1;
  }),
  text(
    'P2',
    'arguments are never done',
    'done',
    (chain) => !chain.kind.part,
    (stream, chain) => {
      stream.remove(chain.done);
      return chain.itemDone - 1;
    },
  ),
  text('P2', 'a part is never done', 'partDone', hasPart, (stream, chain) => {
    stream.remove(chain.partDone);
    return chain.itemDone - 1;
  }),
  text('P3', 'a delta has another text', 'deltas', any, (stream, chain, at) => {
    stream.edit(at, (value) => (value.delta = `${stringOf(value.delta)}~`));
    return chain.done;
  }),
  text('P3', 'a delta got lost', 'deltas', any, (stream, chain, at) => {
    if (stream.value(at).delta === '') {
      stream.edit(at, (value) => (value.delta = '~'));
      return chain.done;
    }
    // A text whose only delta is gone would be one that came whole.
    if (chain.deltas.length === 1) stream.edit(at, (value) => (value.delta = ''));
    else stream.remove(at);
    return chain.done - (chain.deltas.length === 1 ? 0 : 1);
  }),
  text('P3', 'a delta comes twice', 'deltas', any, (stream, chain, at) => {
    const delta = stringOf(stream.value(at).delta) || '~';
    stream.insert(at, { ...stream.value(at), delta });
    return chain.done + 1;
  }),
  // Where a text is another one, the next place that repeats it differs from it.
  { ...text('P3', 'the whole text is another one', 'done', hasDeltas, lengthen('done')), more: 1 },
  {
    ...text('P3', 'the part is done with another text', 'partDone', hasPart, lengthen('partDone')),
    more: 1,
  },
  text(
    'P3',
    'the item is done with another text',
    'itemDone',
    any,
    lengthen('itemDone', 'terminal'),
  ),
  text(
    'P4',
    'a text comes whole',
    'done',
    (chain) => hasDeltas(chain) && chain.text !== '',
    (stream, chain) => {
      stream.removeAll(chain.deltas);
      return chain.done - chain.deltas.length;
    },
  ),
  {
    rule: 'P5',
    does: 'annotations are counted from 1',
    places: annotated,
    apply(stream, at) {
      stream.edit(at, (value) => (value.annotation_index = indexOf(value, 'annotation_index') + 1));
      return at;
    },
    more: 1,
  },
  {
    rule: 'P5',
    does: 'an annotation is not in the part that is done',
    places: annotated,
    apply(stream, at) {
      const { output_index: outputIndex, annotation_index: index } = stream.value(at);
      const chain = textChains(stream).find((each) => each.outputIndex === outputIndex)!;
      const drop = (part: JsonValue | undefined): void => {
        if (isObject(part)) (part.annotations as JsonValue[]).splice(Number(index), 1);
      };
      stream.edit(chain.partDone, ({ part }) => drop(part));
      editDoneItem(stream, chain.outputIndex, ({ content }) =>
        drop((content as JsonValue[])[chain.subIndex]),
      );
      return chain.partDone;
    },
  },
  text(
    'P6',
    'a refusal streams into a part with text',
    'deltas',
    ({ kind }) => kind.name === 'output_text',
    (stream, _chain, at) => {
      stream.insert(at, sibling(stream, at, 'response.refusal.delta', { delta: '' }));
      return at;
    },
  ),
  text(
    'P6',
    'text streams into a refusal',
    'deltas',
    ({ kind }) => kind.name === 'refusal',
    (stream, _chain, at) => {
      const delta = { delta: '', logprobs: [] };
      stream.insert(at, sibling(stream, at, 'response.output_text.delta', delta));
      return at;
    },
  ),
  text(
    'P6',
    'arguments stream into a message',
    'deltas',
    ({ kind }) => kind.name === 'output_text',
    (stream, _chain, at) => {
      const { item_id, output_index, sequence_number } = stream.value(at);
      const type = 'response.function_call_arguments.delta';
      stream.insert(at, { type, sequence_number, item_id, output_index, delta: '' });
      return at;
    },
  ),
  text(
    'P6',
    "another tool's arguments stream into a call",
    'deltas',
    ({ kind }) => kind.name === 'function_call_arguments',
    (stream, _chain, at) => {
      const type = 'response.custom_tool_call_input.delta';
      stream.insert(at, { ...stream.value(at), type, delta: '' });
      return at;
    },
  ),
];
