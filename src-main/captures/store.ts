import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bookmark, CaptureMeta, CaptureRun, CaptureSummary } from '../../src-core/capture.ts';
import type { DialectId } from '../../src-core/dialects/dialect.ts';
import { isFolderId, newFolderId } from '../folder-id.ts';
import { messageOf, Refusal } from '../refusal.ts';
import { Trash } from '../trash.ts';
import {
  bodySize,
  capturePaths,
  type CapturePaths,
  createCaptureFolder,
  FORMAT_VERSION,
  pathsIn,
  readMeta,
  writeMeta,
} from './capture-folder.ts';
import { interruptedEnd } from './interrupted.ts';
import { annotated, type Annotations, Recording } from './recording.ts';
import type { StreamSummary } from './stream-facts.ts';
import {
  computeFacts,
  dropSummary,
  modelOfRequest,
  readSummary,
  summaryOf,
  writeSummary,
} from './summary.ts';

/** What names a new capture; the rest of the metadata starts empty. */
export type NewCapture = Pick<CaptureMeta, 'name' | 'origin'> &
  Partial<Pick<CaptureMeta, 'createdAt' | 'addedAt' | 'request' | 'end' | 'timed' | 'run'>>;

export interface StoreEvents {
  /** The list changed; `select` names a capture that should be shown now. */
  changed(select: string | null): void;
  notice(severity: 'error' | 'warning', message: string): void;
}

/** How often a running recording changes the list, in milliseconds. */
const LIVE_CHANGE_MS = 250;
/** Recordings that begin and end are told of at once, but for more than so many in that time. */
const MOST_AT_ONCE = 8;

interface Entry {
  meta: CaptureMeta;
  facts: StreamSummary | null;
  bytes: number;
  requestModel: string;
}

/** The captures on disk, and those that are being recorded. */
export class CaptureStore {
  readonly #captures: string;
  readonly #staging: string;
  readonly #trash: Trash;
  readonly #events: StoreEvents;
  readonly #entries = new Map<string, Entry>();
  readonly #recordings = new Map<string, Recording>();
  readonly #refused = new Set<string>();
  /** Whether `#entries` holds all that is on disk. */
  #isRead = false;
  #computing: Promise<void> | null = null;
  #changeTimer: NodeJS.Timeout | null = null;
  /** When the last ones were announced at once. */
  #announced: number[] = [];
  /** What is to be shown with the next announcement. */
  #select: string | null = null;

  /**
   * @param folder the data folder; what is staged and trashed is in it
   * @param captures where the captures are, if that is not `captures` in it
   */
  constructor(folder: string, events: StoreEvents, captures = join(folder, 'captures')) {
    this.#captures = captures;
    this.#staging = join(folder, 'staging');
    this.#trash = new Trash(join(folder, 'trash'), this.#captures, 'capture');
    this.#events = events;
  }

  /** To be called once: removes what the last run left half imported, and empties old trash. */
  start(): void {
    mkdirSync(this.#captures, { recursive: true, mode: 0o700 });
    rmSync(this.#staging, { recursive: true, force: true });
    this.#trash.empty();
  }

  /**
   * What is on disk now, newest first. Facts that no cache has are computed in the background and
   * announced.
   */
  list(): CaptureSummary[] {
    const ids = new Set(this.#idsOnDisk());
    for (const id of this.#entries.keys()) if (!ids.has(id)) this.#entries.delete(id);
    for (const id of ids) if (!this.#recordings.has(id)) this.#readEntry(id);
    this.#isRead = true;
    return this.known();
  }

  /** The list as it is in memory: live captures change it often, and the disk is not asked again. */
  known(): CaptureSummary[] {
    if (!this.#isRead) return this.list();
    this.#computeMissing();
    const summaries = [...this.#entries.values()].map(entrySummary);
    for (const recording of this.#recordings.values()) summaries.push(liveSummary(recording));
    return summaries.sort(newestFirst);
  }

  /** @throws Refusal `no-such-capture`, `newer-version`, `bad-id` */
  summary(id: string): CaptureSummary {
    const recording = this.#recordings.get(id);
    return recording ? liveSummary(recording) : entrySummary(this.#entry(id));
  }

  /** `end` is null only while this process records it. @throws like `summary` */
  meta(id: string): CaptureMeta {
    return this.#recordings.get(id)?.meta ?? this.#entry(id).meta;
  }

  /** The recording of that id while it runs. */
  recording(id: string): Recording | null {
    return this.#recordings.get(id) ?? null;
  }

  /** @throws Refusal `bad-id` */
  paths(id: string): CapturePaths {
    return capturePaths(this.#captures, id);
  }

  /** Starts a recording and announces it, to be shown now. @throws system errors of writing */
  record(capture: NewCapture, options = { show: true }): Recording {
    const { id, paths } = this.#create(this.#captures);
    const recording = new Recording(paths, newMeta(id, { ...capture, timed: true }));
    this.#recordings.set(id, recording);
    recording.listen(() => {
      if (recording.ended) this.#ended(recording);
      else this.#changedSoon();
    });
    this.#announceFew(options.show ? id : null);
    return recording;
  }

  /** A folder outside the list, for a capture that is not whole yet. */
  stage(): { id: string; paths: CapturePaths } {
    return this.#create(this.#staging);
  }

  discard(staged: { paths: CapturePaths }): void {
    rmSync(staged.paths.folder, { recursive: true, force: true });
  }

  /** Makes a staged capture one of the list. Does not announce it: see `announce`. */
  adopt(
    staged: { id: string; paths: CapturePaths },
    meta: CaptureMeta,
    facts: StreamSummary,
    bytes: number,
  ): CaptureSummary {
    writeMeta(staged.paths, meta);
    writeSummary(staged.paths, bytes, facts);
    renameSync(staged.paths.folder, this.paths(staged.id).folder);
    this.#entries.delete(staged.id);
    return this.summary(staged.id);
  }

  announce(select: string | null): void {
    if (this.#changeTimer) clearTimeout(this.#changeTimer);
    this.#changeTimer = null;
    const chosen = select ?? this.#select;
    this.#select = null;
    this.#events.changed(chosen);
  }

  /** The list goes to the page as a whole: hundreds of streams at once must not send it for each. */
  #announceFew(select: string | null): void {
    this.#select = select ?? this.#select;
    const now = performance.now();
    this.#announced = this.#announced.filter((at) => now - at < LIVE_CHANGE_MS);
    if (this.#announced.length >= MOST_AT_ONCE) return this.#changedSoon();
    this.#announced.push(now);
    this.announce(null);
  }

  /** @throws like `summary`; system errors of writing */
  rename(id: string, name: string): CaptureSummary {
    this.#annotate(id, { name });
    this.announce(null);
    return this.summary(id);
  }

  /** Replaces the bookmarks of a capture. @throws like `rename` */
  setBookmarks(id: string, bookmarks: readonly Bookmark[]): void {
    this.#annotate(id, { bookmarks: [...bookmarks].sort((a, b) => a.seq - b.seq) });
    this.announce(null);
  }

  /** Replaces the rules that are silenced in a capture. @throws like `rename` */
  setSilenced(id: string, silenced: string[]): void {
    this.#annotate(id, { silenced });
    this.announce(null);
  }

  /**
   * Reads it as another dialect from now on, null for the one that its events say. What the list knows of
   * it is computed anew. @throws like `rename`
   */
  setDialect(id: string, dialect: DialectId | null): void {
    this.#annotate(id, { dialect });
    const entry = this.#entries.get(id);
    if (entry) {
      entry.facts = null;
      dropSummary(this.paths(id));
    }
    this.announce(null);
  }

  /** Judges it by another profile, null for the one that is recognised. @throws like `rename` */
  setProfile(id: string, profile: string | null): void {
    this.#annotate(id, { profile });
    this.announce(null);
  }

  /** What a run came to. @throws like `rename` */
  setRun(id: string, run: CaptureRun): void {
    this.#annotate(id, { run });
    this.announce(null);
  }

  /** Replaces the rows of checks. @throws like `rename` */
  setChecks(id: string, checks: CaptureRun[]): void {
    this.#annotate(id, { checks });
    this.announce(null);
  }

  #annotate(id: string, notes: Annotations): void {
    const recording = this.#recordings.get(id);
    if (recording) return recording.annotate(notes);
    const entry = this.#entry(id);
    // As stored: an end that was only worked out (interrupted) is not written.
    const stored = readMeta(this.paths(id), id);
    writeMeta(this.paths(id), annotated(stored, notes));
    entry.meta = annotated(entry.meta, notes);
  }

  /** Moves it to the trash. @throws Refusal `recording` while it is recorded */
  delete(id: string): void {
    if (this.#recordings.has(id)) {
      throw new Refusal('recording', 'This capture is being recorded. Stop it first.', id);
    }
    this.paths(id);
    this.#trash.put(id);
    this.#entries.delete(id);
    this.announce(null);
  }

  restore(id: string): CaptureSummary {
    this.paths(id);
    this.#trash.restore(id);
    const summary = this.summary(id);
    this.announce(id);
    return summary;
  }

  /** Resolves when no facts are being computed any more. */
  async settled(): Promise<void> {
    while (this.#computing) await this.#computing;
  }

  #create(parent: string): { id: string; paths: CapturePaths } {
    for (;;) {
      const id = newFolderId(new Date());
      const paths = capturePaths(parent, id);
      if (createCaptureFolder(paths)) return { id, paths };
    }
  }

  #idsOnDisk(): string[] {
    try {
      return readdirSync(this.#captures, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && isFolderId(entry.name))
        .map((entry) => entry.name);
    } catch {
      return [];
    }
  }

  #readEntry(id: string): void {
    try {
      this.#entry(id);
    } catch (error) {
      // Said once: the list is asked for often.
      if (!this.#refused.has(id)) this.#events.notice('warning', messageOf(error));
      this.#refused.add(id);
    }
  }

  #entry(id: string): Entry {
    const known = this.#entries.get(id);
    if (known) return known;
    const paths = this.paths(id);
    const stored = readMeta(paths, id, (message) => this.#events.notice('warning', message));
    const bytes = bodySize(paths);
    const meta = stored.end
      ? stored
      : { ...stored, end: interruptedEnd(pathsIn(paths.folder), bytes) };
    const entry: Entry = {
      meta,
      facts: readSummary(paths, bytes),
      bytes,
      requestModel: modelOfRequest(meta),
    };
    this.#entries.set(id, entry);
    return entry;
  }

  #ended(recording: Recording): void {
    if (!this.#recordings.delete(recording.id)) return;
    const { meta, bytes } = recording;
    // What was read while it came may be of another dialect than the one that was chosen since.
    const facts = meta.dialect ? null : recording.facts.summary;
    this.#entries.set(meta.id, { meta, facts, bytes, requestModel: modelOfRequest(meta) });
    if (facts) writeSummary(recording.paths, bytes, facts);
    this.#announceFew(null);
  }

  #changedSoon(): void {
    if (this.#changeTimer) return;
    this.#changeTimer = setTimeout(() => this.announce(null), LIVE_CHANGE_MS).unref();
  }

  #computeMissing(): void {
    const missing = [...this.#entries].filter(([, entry]) => entry.facts === null);
    if (this.#computing || missing.length === 0) return;
    this.#computing = this.#compute(missing).finally(() => {
      this.#computing = null;
      this.announce(null);
    });
  }

  async #compute(missing: [id: string, entry: Entry][]): Promise<void> {
    for (const [id, entry] of missing) {
      const paths = this.paths(id);
      try {
        const { facts, bytes } = await computeFacts(paths, entry.meta);
        entry.facts = facts;
        entry.bytes = bytes;
        if (this.#entries.get(id) === entry) writeSummary(paths, bytes, facts);
      } catch (error) {
        entry.facts = {
          events: 0,
          problems: [],
          profile: null,
          model: '',
          stream: 'streaming',
          lastTimeUs: 0,
        };
        this.#events.notice('warning', `${entry.meta.name} can't be read: ${messageOf(error)}`);
      }
    }
  }
}

/** The metadata of a capture that begins. */
export function newMeta(id: string, capture: NewCapture): CaptureMeta {
  return {
    version: FORMAT_VERSION,
    id,
    name: capture.name,
    createdAt: capture.createdAt ?? new Date().toISOString(),
    ...(capture.addedAt !== undefined && { addedAt: capture.addedAt }),
    origin: capture.origin,
    request: capture.request ?? null,
    response: null,
    timing: null,
    end: capture.end ?? null,
    timed: capture.timed ?? false,
    bookmarks: [],
    ...(capture.run && { run: capture.run }),
  };
}

function entrySummary(entry: Entry): CaptureSummary {
  return summaryOf(entry.meta, entry.facts, entry.bytes, () => entry.requestModel);
}

function liveSummary(recording: Recording): CaptureSummary {
  const { meta, facts, bytes } = recording;
  return summaryOf(meta, facts.summary, bytes, () => modelOfRequest(meta));
}

function newestFirst(a: CaptureSummary, b: CaptureSummary): number {
  return compare(addedAt(b), addedAt(a)) || compare(b.id, a.id);
}

/** An import is new in the list, whenever its request was made. */
function addedAt(capture: CaptureSummary): string {
  return capture.addedAt ?? capture.createdAt;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
