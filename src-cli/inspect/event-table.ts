import { dialectOf } from '../../src-core/dialects/dialects.ts';
import { EventFlag } from '../../src-core/index/batch.ts';
import { laneAddress } from '../../src-core/index/event-index.ts';
import { parseJson } from '../../src-core/json.ts';
import { forTerminal } from '../console/captured-text.ts';
import { shownText } from '../../src-core/shown-name.ts';
import { cutToColumns } from '../console/text-width.ts';
import type { Output } from '../console/output.ts';
import type { Ink, Style } from '../console/style.ts';
import type { EventRow } from '../stream/event-row.ts';

interface Cell {
  title: string;
  of(row: EventRow): string;
  /** On a terminal: a row is printed before the next one is known. What is longer stays whole. */
  width: number;
  align: 'left' | 'right';
  ink: Ink | null;
  /** Left out on terminals narrower than this. */
  from?: number;
}

const CELLS: readonly Cell[] = [
  { title: '#', of: ({ seq }) => String(seq), width: 6, align: 'right', ink: 'dim' },
  { title: 'ms', of: (row) => millis(row.timeUs), width: 10, align: 'right', ink: 'dim' },
  {
    title: 'number',
    of: ({ sequenceNumber }) => (sequenceNumber === null ? '' : String(sequenceNumber)),
    width: 6,
    align: 'right',
    ink: 'dim',
    from: 110,
  },
  { title: 'type', of: ({ type }) => shownText(type), width: 37, align: 'left', ink: 'cyan' },
  {
    title: 'lane',
    of: ({ lane }) => (lane ? laneAddress(lane) : ''),
    width: 4,
    align: 'left',
    ink: null,
  },
  {
    title: 'bytes',
    of: ({ start, end }) => String(end - start),
    width: 6,
    align: 'right',
    ink: 'dim',
    from: 110,
  },
];

/** Events as lines: aligned and cut to the terminal's width there, else whole, with tabs. */
export class EventTable {
  readonly #output: Output;
  readonly #style: Style;
  readonly #cells: readonly Cell[];
  #headed: string | null | undefined;

  /** @param isTimed false leaves the times out of the terminal's table */
  constructor(output: Output, style: Style, isTimed: boolean) {
    this.#output = output;
    this.#style = style;
    this.#cells = CELLS.filter(
      ({ title, from = 0 }) => output.columns >= from && (isTimed || title !== 'ms'),
    );
  }

  /** @param file named where there are several */
  print(row: EventRow, file: string | null): void {
    if (this.#output.isTerminal) return this.#aligned(row, file);
    const cells = CELLS.map((cell) => cell.of(row));
    this.#output.line([...(file === null ? [] : [file]), ...cells, saysOf(row)].join('\t'));
  }

  #aligned(row: EventRow, file: string | null): void {
    const style = this.#style;
    if (this.#headed !== file) this.#head(file);
    const isOdd = (row.flags & (EventFlag.problem | EventFlag.notJson | EventFlag.unknown)) !== 0;
    let width = 0;
    const cells = this.#cells.map((cell) => {
      const text = padded(cell.of(row), cell);
      width += text.length + 2;
      const ink = isOdd && cell.title === 'type' ? 'yellow' : cell.ink;
      return ink ? style.in(ink, text) : text;
    });
    const cut = cutToColumns(saysOf(row), Math.max(10, this.#output.columns - width));
    this.#output.line(`${cells.join('  ')}  ${cut}`.trimEnd());
  }

  #head(file: string | null): void {
    const style = this.#style;
    const isFirst = this.#headed === undefined;
    this.#headed = file;
    if (file !== null)
      this.#output.line(`${isFirst ? '' : '\n'}${style.in('bold', shownText(file))}`);
    const titles = this.#cells.map((cell) => padded(cell.title, cell));
    this.#output.line(style.in('dim', [...titles, 'says'].join('  ')));
  }
}

function padded(text: string, { width, align }: Cell): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width);
}

function millis(timeUs: number | null): string {
  return timeUs === null ? '' : (timeUs / 1000).toFixed(3);
}

/** What an event says, in one line: a delta as a JSON string, all else in words. */
function saysOf({ dialect, type, data }: EventRow): string {
  const { delta, text, tag } = dialectOf(dialect).summary(type, data, parseJson(data));
  if (delta !== null) return forTerminal(JSON.stringify(delta));
  return shownText([text, tag].filter((part) => part !== '').join(' · '));
}
