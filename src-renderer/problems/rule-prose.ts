/** A piece of a line: text, or what stood between backquotes. */
export interface ProsePiece {
  text: string;
  isCode: boolean;
}
/** A paragraph, or a list of lines. */
export interface ProseBlock {
  isList: boolean;
  lines: ProsePiece[][];
}

/**
 * What rules say of themselves is Markdown of two kinds of blocks, paragraphs and lists with `-`, and of
 * one kind of mark, `code`. All else is text.
 */
export function proseOf(markdown: string): ProseBlock[] {
  const blocks: ProseBlock[] = [];
  for (const paragraph of markdown.trim().split(/\n\s*\n/)) {
    for (const line of paragraph.split('\n')) {
      const item = /^\s*- (.*)$/.exec(line)?.[1];
      const last = blocks.at(-1);
      const isBegun = paragraph.trimStart().startsWith(line.trimStart()) && item === undefined;
      if (item !== undefined) {
        if (last?.isList) last.lines.push(piecesOf(item));
        else blocks.push({ isList: true, lines: [piecesOf(item)] });
      } else if (last && !isBegun) {
        // A line that was broken for the width of the source.
        last.lines.at(-1)!.push(...piecesOf(` ${line.trim()}`));
      } else blocks.push({ isList: false, lines: [piecesOf(line.trim())] });
    }
  }
  return blocks;
}

function piecesOf(line: string): ProsePiece[] {
  return line
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) => {
      const isCode = part.length > 2 && part.startsWith('`') && part.endsWith('`');
      return { text: isCode ? part.slice(1, -1) : part, isCode };
    });
}
