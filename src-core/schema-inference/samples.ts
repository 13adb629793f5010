import { type JsonFault, placeOf, scanJsonText } from '../json-text.ts';
import { type TreeNode, treeOf } from '../strict-schema/json-tree.ts';

export const MOST_SAMPLES = 10_000;

/** Documents that stand one behind the other in a text. */
export interface Samples {
  documents: TreeNode[];
  /** Why the text could not be read, or not to its end; its place is one in the whole text. */
  fault: JsonFault | null;
}

/** Reads one JSON document, several, or JSON Lines. Linear in the text. */
export function readSamples(text: string): Samples {
  const documents: TreeNode[] = [];
  for (let start = nextStart(text, 0); start < text.length || documents.length === 0;) {
    const rest = start === 0 ? text : text.slice(start);
    let { root, fault } = scanJsonText(rest);
    let length = rest.length;
    // Something behind a whole document: that is the next one.
    if (fault && fault.offset > 0 && fault.message.startsWith('nothing more')) {
      length = fault.offset;
      ({ root, fault } = scanJsonText(rest.slice(0, length)));
    }
    if (!root) {
      const offset = start + fault!.offset;
      return {
        documents,
        fault: { offset, ...placeOf(text, offset), message: fault!.message },
      };
    }
    if (documents.length === MOST_SAMPLES) {
      const message = `there are more than ${MOST_SAMPLES.toLocaleString('en')} documents`;
      return { documents, fault: { offset: start, ...placeOf(text, start), message } };
    }
    documents.push(treeOf(rest, root));
    start = nextStart(text, start + length);
  }
  return { documents, fault: null };
}

/** Past white space, and past commas, as between the lines of a list that was copied. */
function nextStart(text: string, from: number): number {
  const gap = /[\s,]*/y;
  gap.lastIndex = from;
  return from + gap.exec(text)![0].length;
}
