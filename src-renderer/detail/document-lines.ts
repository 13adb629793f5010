import type { GrowingJson, JsonToken } from '../../src-core/growing-json.ts';

export interface DocumentSpan {
  kind: JsonToken['kind'];
  text: string;
  /** Written by the current event. */
  isNow: boolean;
}
export interface DocumentLine {
  depth: number;
  spans: DocumentSpan[];
}

/**
 * Puts the tokens of a growing JSON text on lines: one a member, brackets as JSON.stringify would
 * set them. A token that the current event wrote in part is cut in two.
 */
export function documentLines(
  text: string,
  json: GrowingJson,
  writtenFrom: number,
): DocumentLine[] {
  const lines: DocumentLine[] = [{ depth: 0, spans: [] }];
  let last: JsonToken | null = null;
  for (const token of json.tokens) {
    if (token.kind !== 'space') {
      const isEmptyContainer: boolean = token.kind === 'close' && last?.kind === 'open';
      const breaks: boolean =
        last !== null &&
        !isEmptyContainer &&
        (token.kind === 'close' || last.kind === 'open' || last.kind === 'comma');
      if (breaks) lines.push({ depth: token.depth, spans: [] });
      last = token;
    }
    const { spans } = lines[lines.length - 1]!;
    const cut = Math.max(token.start, Math.min(token.end, writtenFrom));
    if (cut > token.start) spans.push(spanOf(text, token, token.start, cut, false));
    if (cut < token.end) spans.push(spanOf(text, token, cut, token.end, true));
  }
  return lines;
}

function spanOf(
  text: string,
  token: JsonToken,
  start: number,
  end: number,
  isNow: boolean,
): DocumentSpan {
  return { kind: token.kind, text: text.slice(start, end), isNow };
}
