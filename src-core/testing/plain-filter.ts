import { type Node, parseTree } from 'jsonc-parser';
import { laneAddress } from '../index/event-index.ts';
import type { Problem } from '../problem.ts';
import type { FilterNode, TextPattern } from '../filter/syntax.ts';
import type { IndexedStream } from './indexed-stream.ts';
import { isViableJson } from './viable-json.ts';

/** What an event did to one lane, worked out from the whole texts before and after it. */
interface Write {
  address: string;
  kind: string;
  before: string;
  after: string;
  /** The text that the lane has in the end. */
  final: string;
}

/**
 * A filter by its documentation: each event is looked at by itself, with everything about it
 * decoded, every text joined anew and every JSON parsed by another parser. Slow.
 */
export class PlainFilter {
  readonly #stream: IndexedStream;
  readonly #bookmarks: ReadonlySet<number>;
  readonly #invalid: ReadonlySet<number>;

  constructor(
    stream: IndexedStream,
    bookmarks: ReadonlySet<number>,
    invalid: ReadonlySet<number> = new Set(),
  ) {
    this.#stream = stream;
    this.#bookmarks = bookmarks;
    this.#invalid = invalid;
  }

  passes(node: FilterNode, seq: number): boolean {
    const { index } = this.#stream;
    const { columns } = index;
    const type = index.typeOf(seq);
    switch (node.kind) {
      case 'join':
        return node.by === 'and'
          ? node.nodes.every((part) => this.passes(part, seq))
          : node.nodes.some((part) => this.passes(part, seq));
      case 'not':
        return !this.passes(node.node, seq);
      case 'word':
        return [type, this.#stream.dataOf(seq)].some((text) => holds(text, node.needle));
      case 'type':
        return isLike(type, node.glob) || isLike(type.replace(/^response\./, ''), node.glob);
      case 'lane':
        return index
          .lanesWrittenBy(seq, true)
          .map((number) => index.lanes[number]!)
          .some((lane) => isLike(laneAddress(lane), node.glob) || isLike(lane.kind, node.glob));
      case 'text':
        return this.#writes(seq).some(({ before, after }) =>
          matches(after.slice(before.length), node.pattern),
        );
      case 'lane-text':
        return this.#completes(seq, node.pattern);
      case 'pointer':
        return this.#values(seq, node.path).some(
          ({ value, begin, write }) =>
            begin < write.after.length && value.offset + value.length > write.before.length,
        );
      case 'appears':
        return this.#values(seq, node.path).some(({ value, write }) =>
          within(write, value.offset + 1),
        );
      case 'closes':
        return this.#values(seq, node.path).some(({ value, write }) =>
          within(write, lengthWhenClosed(value)),
        );
      case 'value':
        return this.#values(seq, node.path).some(({ value, write }) => {
          if (!within(write, lengthWhenClosed(value))) return false;
          const text = write.final.slice(value.offset, value.offset + value.length);
          const { comparison } = node;
          const known = JSON.parse(text) as unknown;
          if (comparison.relation === '~')
            return matches(typeof known === 'string' ? known : text, comparison.pattern);
          const operands: unknown[] = [comparison.with];
          if (!comparison.quoted && /^(\d+|true|null)$/.test(comparison.with))
            operands.push(JSON.parse(comparison.with));
          const equal = operands.includes(known);
          if (comparison.relation === '=') return equal;
          if (comparison.relation === '!=') return !equal;
          const other = operands.find(
            (one) => typeof one === typeof known && (operands.length === 1 || one !== operands[0]),
          ) as number;
          if (other === undefined || !['number', 'string'].includes(typeof known)) return false;
          const number = known as number;
          if (comparison.relation === '<') return number < other;
          if (comparison.relation === '<=') return number <= other;
          return comparison.relation === '>' ? number > other : number >= other;
        });
      case 'number': {
        const time = columns.timeUs[seq]!;
        const value = {
          seq,
          item: columns.item[seq]! < 0 ? NaN : columns.item[seq]!,
          chunk: columns.chunk[seq]!,
          t: time,
          gap: seq === 0 ? NaN : time - columns.timeUs[seq - 1]!,
          bytes: columns.end[seq]! - columns.start[seq]!,
        }[node.column];
        const { low, high, lowOpen, highOpen } = node.span;
        if (value === low || value === high)
          return !((value === low && lowOpen) || (value === high && highOpen));
        return value > low && value < high;
      }
      case 'problem':
        return this.problemsOf(seq).some(
          ({ severity, rule }) => node.which === null || [severity, rule].includes(node.which),
        );
      case 'broken':
        return this.#writes(seq).some(
          ({ before, after }) =>
            /^\s*[[{]/.test(after) && isViableJson(before) && !isViableJson(after),
        );
      case 'invalid':
        return this.#invalid.has(seq);
      case 'bookmark':
        return this.#bookmarks.has(seq);
    }
  }

  problemsOf(seq: number): readonly Problem[] {
    return this.#stream.index.problems.filter((problem) => problem.seq === seq);
  }

  #writes(seq: number): Write[] {
    const { index } = this.#stream;
    return index.lanes
      .map((lane, number) => ({
        address: laneAddress(lane),
        kind: lane.kind,
        before: index.laneTextAt(number, seq - 1),
        after: index.laneTextAt(number, seq),
        final: lane.text,
      }))
      .filter(({ before, after }) => after.length > before.length);
  }

  #completes(seq: number, pattern: TextPattern): boolean {
    return this.#writes(seq).some(({ before, after }) => {
      if (pattern.kind === 'needle') {
        const count = (text: string) =>
          Array.from(text).filter((_, at) =>
            text.toLowerCase().startsWith(pattern.needle.toLowerCase(), at),
          ).length;
        return count(after) > count(before);
      }
      // Of matches that don't overlap, those of the text so far; enough for patterns whose matches
      // do not change when more text follows.
      const ends = (text: string) =>
        [...text.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))].length;
      return ends(after) > ends(before);
    });
  }

  #values(seq: number, path: readonly string[]) {
    return this.#writes(seq).flatMap((write) =>
      nodesAt(treeOf(write.final), path).map((value) => ({
        write,
        value,
        begin: value.parent?.type === 'property' ? value.parent.offset : value.offset,
      })),
    );
  }
}

/** Only texts that are whole: what the parser makes of others is its own affair. */
function treeOf(text: string): Node | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return parseTree(text);
}

function nodesAt(node: Node | undefined, path: readonly string[]): Node[] {
  if (!node) return [];
  if (path.length === 0) return [node];
  const [key, ...rest] = path;
  return (node.children ?? []).flatMap((child, at) => {
    const [name, value] =
      node.type === 'object'
        ? [child.children![0]!.value as string, child.children![1]]
        : [String(at), child];
    return key === '*' || key === name ? nodesAt(value, rest) : [];
  });
}

/** That a number is complete shows with the character after it. */
function lengthWhenClosed(node: Node): number {
  return node.offset + node.length + (node.type === 'number' ? 1 : 0);
}

function within({ before, after }: Write, length: number): boolean {
  return before.length < length && length <= after.length;
}

function holds(text: string, needle: string): boolean {
  return text.toLowerCase().includes(needle.toLowerCase());
}

function matches(text: string, pattern: TextPattern): boolean {
  if (pattern.kind === 'needle') return holds(text, pattern.needle);
  return text.search(new RegExp(pattern.source, pattern.flags)) >= 0;
}

/** A glob without regular expressions. */
function isLike(text: string, glob: string): boolean {
  const name = text.toLowerCase();
  const [first, ...rest] = glob.toLowerCase().split('*');
  if (rest.length === 0) return name === first;
  if (!name.startsWith(first!)) return false;
  let at = first!.length;
  for (const piece of rest.slice(0, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  const last = rest[rest.length - 1]!;
  return name.length - last.length >= at && name.endsWith(last);
}
