import type { GrowingDocument } from '../../src-core/growing/growing-document.ts';
import { laneAddress } from '../../src-core/index/event-index.ts';
import { writingAt } from '../../src-core/provenance/writings.ts';
import type { AppState, Session } from '../state/app.svelte.ts';
import { plural } from '../state/format.ts';
import { commandsOf } from './commands.ts';
import { ranked } from './fuzzy.ts';

/** One line of the palette. */
export interface PaletteItem {
  id: string;
  title: string;
  /** Beside the title: the group of a command, the facts of a capture, the value at a pointer. */
  detail: string;
  keys: readonly string[];
  isEnabled: boolean;
  run(): void;
  /** The characters of the title that were typed. */
  positions: readonly number[];
}

export interface PaletteSection {
  name: string;
  items: PaletteItem[];
  /** How many more there are that are not listed. */
  more: number;
}

/** Lines of a section that show at once; who looks for others types on. */
const MOST_COMMANDS = 60;
const MOST_CAPTURES = 20;
const MOST_POINTERS = 30;
/** Keys looked through for one that holds what was typed, of each document. */
const MOST_KEYS = 20_000;

/**
 * What the palette lists: commands and captures by their names, best first, the kind with the best one
 * on top; the event of a number (`12`, `#12`); the values of the output by JSON pointer (`/age`).
 */
export function paletteSections(app: AppState, query: string): PaletteSection[] {
  const wanted = query.trim();
  const go = app.session ? eventItems(app, app.session, wanted) : [];
  const pointers =
    app.session && wanted.startsWith('/')
      ? limited('JSON pointers', pointerItems(app, app.session, wanted), MOST_POINTERS)
      : null;
  const named = [commandSection(app, wanted), captureSection(app, wanted)]
    .filter(({ section }) => section.items.length > 0)
    // Sorting is stable: with nothing typed the commands come first.
    .sort((a, b) => b.best - a.best)
    .map(({ section }) => section);
  return [
    ...(go.length > 0 ? [limited('Go to', go, 1)] : []),
    ...(pointers && pointers.items.length > 0 ? [pointers] : []),
    ...named,
  ];
}

function limited(name: string, items: PaletteItem[], most: number): PaletteSection {
  return { name, items: items.slice(0, most), more: Math.max(0, items.length - most) };
}

/** A section and how well its best item fits. What can't be done now comes last. */
interface Ranked {
  section: PaletteSection;
  best: number;
}

function rankedSection(
  name: string,
  query: string,
  items: readonly Omit<PaletteItem, 'positions'>[],
  most: number,
): Ranked {
  const found = ranked(query, items, (item) => item.title);
  const listed = found.map(({ item, match }) => ({ ...item, positions: match.positions }));
  const enabled = listed.filter((item) => item.isEnabled);
  const disabled = listed.filter((item) => !item.isEnabled);
  const best = found.find(({ item }) => item.isEnabled)?.match.score ?? -Infinity;
  return { section: limited(name, [...enabled, ...disabled], most), best: query ? best : 0 };
}

function commandSection(app: AppState, query: string): Ranked {
  const commands = commandsOf(app)
    .filter(({ id }) => id !== 'command-palette')
    .map((command) => ({
      id: command.id,
      title: command.title,
      detail: command.group,
      keys: command.keys,
      isEnabled: command.isEnabled(),
      run: () => command.run(),
    }));
  return rankedSection('Commands', query, commands, MOST_COMMANDS);
}

function captureSection(app: AppState, query: string): Ranked {
  const captures = app.captures.map((capture) => ({
    id: `capture-${capture.id}`,
    title: capture.name,
    detail: [capture.model, capture.status, plural(capture.events, 'event')]
      .filter(Boolean)
      .join(' · '),
    keys: [],
    isEnabled: true,
    run: () => {
      app.show('captures');
      app.open(capture.id);
    },
  }));
  return rankedSection('Captures', query, captures, MOST_CAPTURES);
}

function moveTo(app: AppState, session: Session, seq: number): void {
  app.show('captures');
  session.playhead.moveTo(seq);
}

/** `12` or `#12`: that event. */
function eventItems(app: AppState, session: Session, query: string): PaletteItem[] {
  const match = /^#?\s*(\d{1,15})$/.exec(query);
  if (!match) return [];
  const seq = Number(match[1]);
  const { view } = session;
  const isThere = seq < view.count;
  const there =
    view.count === 0 ? 'there are no events' : `the last event is ${String(view.count - 1)}`;
  return [
    {
      id: 'go-to-event',
      title: `Go to event ${seq}`,
      detail: isThere ? view.index.typeOf(seq) : there,
      keys: [],
      isEnabled: isThere,
      run: () => moveTo(app, session, seq),
      positions: [],
    },
  ];
}

/** The values at the pointers that begin like this, then those whose last key holds the end of it. */
function pointerItems(app: AppState, session: Session, query: string): PaletteItem[] {
  const { view } = session;
  const items: PaletteItem[] = [];
  for (const lane of view.index.lanesAt(view.count - 1)) {
    const document = view.documents.of(lane);
    if (!document) continue;
    for (const node of nodesLike(document, query)) {
      const item = pointerItem(app, session, lane, document, node);
      if (item) items.push(item);
      if (items.length > MOST_POINTERS) return items;
    }
  }
  return items;
}

function* nodesLike(document: GrowingDocument, query: string): Iterable<number> {
  const exact = document.find(query);
  if (exact >= 0) yield exact;
  const slash = query.lastIndexOf('/');
  const rest = query.slice(slash + 1).toLowerCase();
  const parent = document.find(query.slice(0, slash));
  const seen = new Set([exact]);
  if (parent >= 0)
    for (const node of document.childrenOf(parent)) {
      const key = document.pointerOf(node).slice(query.slice(0, slash).length + 1);
      if (seen.has(node) || !key.toLowerCase().startsWith(rest)) continue;
      seen.add(node);
      yield node;
    }
  // A key anywhere: nobody remembers the way to it.
  if (slash > 0 || rest === '') return;
  for (let node = 0; node < Math.min(document.nodeCount, MOST_KEYS); node++)
    if (!seen.has(node) && document.keyRangeOf(node) !== null)
      if (document.keyOf(node).toLowerCase().includes(rest)) yield node;
}

function pointerItem(
  app: AppState,
  session: Session,
  lane: number,
  document: GrowingDocument,
  node: number,
): PaletteItem | null {
  const { view } = session;
  const pointer = document.pointerOf(node);
  const start = document.startOf(node);
  const writing = writingAt(view.index, lane, start);
  if (!writing) return null;
  const { text } = view.index.lanes[lane]!;
  const end = document.endOf(node);
  const shown = text.slice(start, Math.min(end < 0 ? text.length : end, start + 40));
  const isCut = end < 0 || end - start > 40;
  const address = laneAddress(view.index.lanes[lane]!);
  return {
    id: `pointer-${lane}-${node}`,
    title: pointer || '(the whole document)',
    detail: `${shown}${isCut ? '…' : ''} · ${address} · event ${writing.seq}`,
    keys: [],
    isEnabled: true,
    run: () => moveTo(app, session, writing.seq),
    positions: [],
  };
}
