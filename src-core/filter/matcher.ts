import { laneAddress } from '../index/event-index.ts';
import { PathFollower, type WriteTest } from './document-matches.ts';
import type { EventFacts, EventTest } from './filter.ts';
import { laneMatches } from './lane-matches.ts';
import { someLaneWrite } from './lane-writes.ts';
import { globTest, patternTest, type TextTest } from './pattern.ts';
import type { FilterNode, FilterTerm, NumberColumn, Span } from './syntax.ts';
import { valueTest } from './value-test.ts';

/**
 * What a test costs, in ranks: a column, a look at the lanes, the text written, the event's data,
 * all that was written before. */
const COST = {
  column: 0,
  type: 1,
  list: 2,
  lane: 3,
  document: 4,
  text: 5,
  data: 6,
  history: 7,
} as const;

interface Test {
  cost: number;
  test: (seq: number) => boolean;
  /** As of an `EventTest`. */
  prepare?: (seq: number) => boolean;
}

/** What the tests of one matcher share. */
interface Context {
  facts: EventFacts;
  data: LoweredData;
  /** Those whose answers may have to wait: for the rest of a key, for the check of an output. */
  waiting: { undecidedFrom(): number }[];
}

export function matcherOf(node: FilterNode, facts: EventFacts): EventTest {
  const context: Context = { facts, data: new LoweredData(facts), waiting: [] };
  const { test, prepare } = testOf(node, context);
  const { waiting } = context;
  const undecidedFrom = () => Math.min(...waiting.map((one) => one.undecidedFrom()));
  return Object.assign((seq: number) => test(seq), {
    ...(waiting.length > 0 && { undecidedFrom }),
    ...(prepare && { prepare, isSlow: true }),
  });
}

function testOf(node: FilterNode, context: Context): Test {
  if (node.kind === 'not') {
    const { cost, test } = testOf(node.node, context);
    return { cost, test: (seq) => !test(seq) };
  }
  if (node.kind !== 'join') return termTest(node, context);
  // What is cheap decides first, and most often alone.
  const parts = node.nodes
    .map((part) => testOf(part, context))
    .sort((one, other) => one.cost - other.cost);
  const cost = parts[parts.length - 1]!.cost;
  const tests = parts.map(({ test }) => test);
  const test: Test['test'] =
    node.by === 'and'
      ? (seq) => tests.every((one) => one(seq))
      : (seq) => tests.some((one) => one(seq));
  if (parts.every((part) => !part.prepare)) return { cost, test };
  return { cost, test, prepare: (seq) => preparesJoin(parts, node.by === 'or', seq) };
}

/** Prepares what has to be asked until one part decides, which it does by answering `decisive`. */
function preparesJoin(parts: readonly Test[], decisive: boolean, seq: number): boolean {
  for (const { test, prepare } of parts) {
    if (prepare && !prepare(seq)) return false;
    if (test(seq) === decisive) return true;
  }
  return true;
}

function termTest(term: FilterTerm, context: Context): Test {
  const { facts, data } = context;
  const { index } = facts;
  switch (term.kind) {
    case 'word': {
      const needle = term.needle.toLowerCase();
      const ofType = typeTest(facts, (type) => type.toLowerCase().includes(needle));
      return {
        cost: COST.data,
        test: (seq) => ofType(seq) || data.of(seq).includes(needle),
      };
    }
    case 'type':
      return { cost: COST.type, test: typeTest(facts, globTest(term.glob, 'response.')) };
    case 'lane':
      return { cost: COST.lane, test: laneTest(facts, globTest(term.glob)) };
    case 'text': {
      const holds = patternTest(term.pattern);
      const inLane = (lane: number, from: number, to: number) =>
        holds(index.lanes[lane]!.text.slice(from, to));
      return { cost: COST.text, test: (seq) => someLaneWrite(index, seq, inLane) };
    }
    case 'lane-text': {
      const matches = laneMatches(term.pattern, index);
      const test: Test['test'] = (seq) =>
        someLaneWrite(index, seq, (lane, from, to) => matches.completes(lane, seq, from, to));
      if (!matches.prepare) return { cost: COST.text, test };
      const isBehind = (lane: number, seq: number) => !matches.prepare!(lane, seq);
      return {
        // After all others: it has to read what comes before the event.
        cost: COST.history,
        test,
        prepare: (seq) => !someLaneWrite(index, seq, (lane) => isBehind(lane, seq)),
      };
    }
    case 'pointer': {
      const follower = new PathFollower(facts, term.path);
      // The document itself has no key to wait for.
      if (term.path.length > 0) context.waiting.push(follower);
      return documentTest(facts, follower.writes);
    }
    case 'appears':
      return documentTest(facts, new PathFollower(facts, term.path).opens);
    case 'closes':
      return documentTest(facts, new PathFollower(facts, term.path).closes);
    case 'value': {
      const counts = valueTest(term.comparison);
      return documentTest(facts, new PathFollower(facts, term.path, counts).closes);
    }
    case 'number':
      return { cost: COST.column, test: numberTest(facts, term.column, term.span) };
    case 'problem': {
      if (term.which === null)
        return { cost: COST.list, test: (seq) => facts.problemsOf(seq).length > 0 };
      const named = globTest(term.which);
      return {
        cost: COST.list,
        test: (seq) =>
          facts.problemsOf(seq).some(({ severity, rule }) => named(severity) || named(rule)),
      };
    }
    case 'broken':
      return documentTest(facts, (lane, from, to) => {
        const brokenAt = facts.documents.of(lane)?.brokenAt ?? -1;
        return brokenAt >= from && brokenAt < to;
      });
    case 'invalid':
      context.waiting.push({ undecidedFrom: () => facts.judgedCount });
      return { cost: COST.list, test: (seq) => facts.isInvalidFrom(seq) };
    case 'bookmark':
      return { cost: COST.list, test: (seq) => facts.hasBookmark(seq) };
  }
}

function documentTest({ index }: EventFacts, test: WriteTest): Test {
  return { cost: COST.document, test: (seq) => someLaneWrite(index, seq, test) };
}

/** The data of an event in lower case. Several words of a filter ask for the same event in turn. */
class LoweredData {
  readonly #facts: EventFacts;
  #seq = -1;
  #text = '';

  constructor(facts: EventFacts) {
    this.#facts = facts;
  }

  of(seq: number): string {
    if (seq !== this.#seq) {
      this.#text = this.#facts.dataText(seq).toLowerCase();
      this.#seq = seq;
    }
    return this.#text;
  }
}

/** A capture has few types and many events: the answer is kept for each type. */
function typeTest({ index }: EventFacts, test: TextTest): EventTest {
  const known: boolean[] = [];
  return (seq) => {
    const type = index.columns.type[seq]!;
    return (known[type] ??= test(index.types[type]!));
  };
}

/** By the lane's address, as the event list shows it, or the kind of its text. */
function laneTest({ index }: EventFacts, test: TextTest): EventTest {
  const known: boolean[] = [];
  const ofLane = (number: number) =>
    (known[number] ??= test(laneAddress(index.lanes[number]!)) || test(index.lanes[number]!.kind));
  return (seq) => {
    const first = index.columns.lane[seq]!;
    if (first >= 0 && ofLane(first)) return true;
    return index.growsBeside(seq) && index.lanesWrittenBy(seq, true).some(ofLane);
  };
}

function numberTest({ index }: EventFacts, column: NumberColumn, span: Span): EventTest {
  const { low, high, lowOpen, highOpen } = span;
  const inside = (value: number) =>
    (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high);
  switch (column) {
    case 'seq':
      return inside;
    case 'item':
      // -1 stands for none.
      return (seq) => index.columns.item[seq]! >= 0 && inside(index.columns.item[seq]!);
    case 'chunk':
      return (seq) => inside(index.columns.chunk[seq]!);
    case 't':
      return (seq) => inside(index.columns.timeUs[seq]!);
    case 'gap':
      return (seq) =>
        seq > 0 && inside(index.columns.timeUs[seq]! - index.columns.timeUs[seq - 1]!);
    case 'bytes':
      return (seq) => inside(index.columns.end[seq]! - index.columns.start[seq]!);
  }
}
