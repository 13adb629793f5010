import type { JsonFault } from '../json-text.ts';
import { made, type TreeNode } from '../strict-schema/json-tree.ts';
import { treeText } from '../strict-schema/tree-layout.ts';
import { Inferring, type Remark } from './inferring.ts';
import { readSamples } from './samples.ts';

export interface InferenceOptions {
  /** Few strings that repeat become an enum. */
  enums: boolean;
  /** The elements of an array are the examples, not the array: undefined where that is to be guessed. */
  elements?: boolean | undefined;
}

export interface Inference {
  /** The schema's text; empty without a document. */
  text: string;
  /** How many examples it was made of. */
  count: number;
  /** Whether the elements of an array were taken as the examples; null where there is no such array. */
  elements: boolean | null;
  /** Whether the root had to be wrapped: an example is then the value of `result`. */
  isWrapped: boolean;
  remarks: Remark[];
  /** Where the text is no JSON: what stands before it counts. */
  fault: JsonFault | null;
}

/**
 * A strict schema that all examples fit, once what some of them lack is null in them. Keys keep the
 * order in which they were first seen. Nothing is claimed that one example disproves.
 * @param text one JSON document, several one behind the other, or JSON Lines
 */
export function inferSchema(text: string, options: InferenceOptions): Inference {
  const { documents, fault } = readSamples(text);
  const [first] = documents;
  if (!first) {
    return { text: '', count: 0, elements: null, isWrapped: false, remarks: [], fault };
  }
  const list = documents.length === 1 && first.kind === 'array' ? first.entries : null;
  const canSplit = list !== null && list.length > 0;
  const isList = canSplit && list.every(({ node }) => node.kind === 'object');
  const elements = canSplit ? (options.elements ?? isList) : null;
  const samples = elements ? list!.map(({ node }) => node) : documents;
  const inferring = new Inferring(options.enums);
  const isObject = samples.every(({ kind }) => kind === 'object');
  let root: TreeNode;
  if (isObject) root = inferring.objectSchema(samples, '');
  else {
    const result = inferring.schemaOf(samples, '/result');
    root = made({
      type: 'object',
      properties: { result },
      required: ['result'],
      additionalProperties: false,
    });
    inferring.remark('', 'The root has to be an object: the value is its property result.');
  }
  const { remarks } = inferring;
  return {
    text: treeText(root),
    count: samples.length,
    elements,
    isWrapped: !isObject,
    remarks,
    fault,
  };
}
