import type { Framing } from '../dialects/dialect.ts';
import type { TextEdit } from './edits.ts';

/** What edits a text: the whole of it, or that of an event's data. */
export type EditText = (text: string) => TextEdit[];

export interface FrameEdits {
  framing: Framing;
  /** Of data, which is mostly JSON; several lines of it are one text. */
  data: EditText;
  /** Of comments, names, ids, and whatever else stands in the stream. */
  rest: EditText;
}

interface Part {
  /** Where the part begins in the joined text, and in the segment. */
  at: number;
  start: number;
  length: number;
}

/** The edits of a segment of a stream: framing stays what it is. */
export function frameEdits(segment: string, { framing, data, rest }: FrameEdits): TextEdit[] {
  if (framing === 'array') return data(segment);
  const edits: TextEdit[] = [];
  const parts: Part[] = [];
  const add = (found: readonly TextEdit[], at: number) => {
    for (const { start, end, text } of found)
      edits.push({ start: start + at, end: end + at, text });
  };
  for (const { start, end } of linesOf(segment)) {
    if (start === end) continue;
    const line = segment.slice(start, end);
    const field = framing === 'lines' ? null : /^\uFEFF?data(?::\x20?|$)/.exec(line);
    if (framing === 'lines') add(data(line), start);
    else if (!field) add(rest(line), start);
    else {
      const last = parts.at(-1);
      parts.push({
        at: last ? last.at + last.length + 1 : 0,
        start: start + field[0].length,
        length: end - start - field[0].length,
      });
    }
  }
  if (parts.length === 1)
    add(data(segment.slice(parts[0]!.start, parts[0]!.start + parts[0]!.length)), parts[0]!.start);
  else if (parts.length > 1) addJoined(segment, parts, data, edits);
  return edits;
}

/** What goes over a line's end is put into the first line; the others lose their part of it. */
function addJoined(
  segment: string,
  parts: readonly Part[],
  data: EditText,
  edits: TextEdit[],
): void {
  const joined = parts.map(({ start, length }) => segment.slice(start, start + length)).join('\n');
  let next = 0;
  for (const edit of data(joined)) {
    while (next + 1 < parts.length && parts[next + 1]!.at <= edit.start) next++;
    let { text } = edit;
    for (let row = next; row < parts.length && parts[row]!.at < edit.end; row++) {
      const { at, start, length } = parts[row]!;
      const from = Math.max(0, edit.start - at);
      const to = Math.min(length, edit.end - at);
      if (to > from) {
        edits.push({ start: start + from, end: start + to, text });
        text = '';
      }
    }
  }
}

/** Lines end with LF, CR or both (the rules of event streams). */
function* linesOf(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
    yield { start, end: index };
    start = index + end.length;
  }
  yield { start, end: text.length };
}
