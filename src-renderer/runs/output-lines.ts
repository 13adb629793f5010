import type { GrowingDocument } from '../../src-core/growing/growing-document.ts';
import { Token, type TokenKind } from '../../src-core/growing/tokens.ts';
import type { SchemaError } from '../../src-core/schema-check/frame.ts';
import { shownText } from '../../src-core/shown-name.ts';
import type { DocumentLayout } from '../output/document-layout.ts';

/** A line of an output with what is known of the value that it holds. */
export interface OutputLine {
  depth: number;
  pieces: { kind: TokenKind; text: string }[];
  /** Null where nothing is closed, and nothing is wrong. */
  mark: LineMark | null;
}
export interface LineMark {
  isWrong: boolean;
  pointer: string;
  /** What is wrong, empty where nothing is. */
  message: string;
  /** The event that closed the value, or that made it certain where it never was. */
  seq: number | null;
}

/** More of a string is not drawn in a line: it is one line. */
const MOST_CHARACTERS = 2000;

/** The errors of a check by the node that they are of, the first of each. */
export function errorsByNode(errors: readonly SchemaError[]): Map<number, SchemaError> {
  const found = new Map<number, SchemaError>();
  for (const error of errors) if (!found.has(error.node)) found.set(error.node, error);
  return found;
}

/**
 * @param seqOf the event with which the text came to have so many units
 */
export function outputLine(
  layout: DocumentLayout,
  line: number,
  errors: ReadonlyMap<number, SchemaError>,
  seqOf: (length: number) => number | null,
): OutputLine {
  const { document } = layout;
  const { tokens, length } = document;
  const pieces: OutputLine['pieces'] = [];
  let mark: LineMark | null = null;
  const end = layout.endToken(line);
  for (let row = layout.firstToken(line); row < end; row++) {
    const code = tokens.codeOf(row);
    if (code === Token.space) continue;
    const start = tokens.startOf(row);
    const text = document.slice(
      start,
      Math.min(tokens.endOf(row, length), start + MOST_CHARACTERS),
    );
    pieces.push({ kind: tokens.kindOf(row), text: shownText(text) });
    const isScalar = code === Token.string || code === Token.number || code === Token.keyword;
    const isMarked = isScalar || code === Token.open || code === Token.key;
    if (isMarked) mark = markOf(document, tokens.nodeOf(row), isScalar, errors, seqOf) ?? mark;
  }
  return { depth: layout.depthOf(line), pieces, mark };
}

function markOf(
  document: GrowingDocument,
  node: number,
  isScalar: boolean,
  errors: ReadonlyMap<number, SchemaError>,
  seqOf: (length: number) => number | null,
): LineMark | null {
  const error = errors.get(node);
  const closed = closedAt(document, node);
  if (error) {
    return {
      isWrong: true,
      pointer: document.pointerOf(node),
      message: error.message,
      seq: seqOf(closed < 0 ? error.length : closed),
    };
  }
  if (!isScalar || closed < 0) return null;
  return {
    isWrong: false,
    pointer: document.pointerOf(node),
    message: '',
    seq: seqOf(closed),
  };
}

/** With how many units a value is closed, -1 while it is open; a number by the unit after it. */
export function closedAt(document: GrowingDocument, node: number): number {
  const end = document.endOf(node);
  if (end < 0) return -1;
  const length = end + (document.kindOf(node) === 'number' ? 1 : 0);
  return length <= document.length ? length : -1;
}
