import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { scanJsonText } from '../../src-core/json-text.ts';
import {
  MOST_VERSIONS,
  type SchemaAbout,
  type SchemaFacts,
  type SchemaSource,
  type SchemaSummary,
} from '../../src-core/schema.ts';
import { isFolderId, newFolderId } from '../folder-id.ts';
import { messageOf, Refusal, systemCode } from '../refusal.ts';
import { Trash } from '../trash.ts';
import {
  readAbout,
  readTexts,
  readVersion,
  type SchemaPaths,
  schemaPaths,
  type SchemaTexts,
  writeDraft,
  writeAbout,
  writeText,
  writeVersion,
} from './schema-folder.ts';

export interface SchemaStoreEvents {
  /** The list is another. */
  changed(): void;
  notice(severity: 'error' | 'warning', message: string): void;
}

/** What makes a new schema; it is saved as version 1 where it is JSON. */
export interface NewSchemaEntry extends SchemaFacts {
  text: string;
  source: SchemaSource;
}

/** Parts of what is known of a schema that a person or a look at it changes. */
export type AboutPatch = Partial<
  Pick<SchemaAbout, 'name' | 'description' | 'strict' | 'kind' | 'target' | 'problems'>
>;

interface Entry {
  about: SchemaAbout;
  isChanged: boolean;
  isDraft: boolean;
}

/** The library of schemas on disk ([docs/schema-format.md](../../docs/schema-format.md)). */
export class SchemaStore {
  readonly #folder: string;
  readonly #trash: Trash;
  readonly #events: SchemaStoreEvents;
  readonly #entries = new Map<string, Entry>();
  readonly #refused = new Set<string>();
  #isRead = false;

  /** @param folder the data folder; `schemas` and `trash-schemas` are made in it. */
  constructor(folder: string, events: SchemaStoreEvents) {
    this.#folder = join(folder, 'schemas');
    this.#trash = new Trash(join(folder, 'trash-schemas'), this.#folder, 'schema');
    this.#events = events;
  }

  /** To be called once: makes the folder, and empties old trash. */
  start(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    this.#trash.empty();
  }

  /** What is on disk now, the one changed last first. */
  list(): SchemaSummary[] {
    this.#entries.clear();
    for (const id of this.#idsOnDisk()) this.#readEntry(id);
    this.#isRead = true;
    return this.known();
  }

  /** The list as it is in memory: the disk is not asked again. */
  known(): SchemaSummary[] {
    if (!this.#isRead) return this.list();
    return [...this.#entries.values()].map(summaryOf).sort(newestFirst);
  }

  /** @throws Refusal `no-such-schema`, `newer-version`, `bad-id` */
  open(id: string): SchemaTexts & { about: SchemaAbout; saved: string | null } {
    this.#entries.delete(id);
    const { about } = this.#entry(id);
    return { about, ...readTexts(this.#paths(id)), saved: this.#savedText(about) };
  }

  /** @throws Refusal `bad-id` */
  folderOf(id: string): string {
    return this.#paths(id).folder;
  }

  /**
   * Writes the working text.
   *
   * @param revision of the texts that it is written over, as far as the writer knows; null to write over
   *   whatever is there.
   * @throws Refusal `changed-outside` where others are there; `no-such-schema`; system errors
   */
  save(id: string, text: string, revision: string | null): string {
    const { about } = this.#entry(id);
    const paths = this.#paths(id);
    if (revision !== null && readTexts(paths).revision !== revision) refuseChanged(about);
    this.#written(() => writeText(paths, text));
    this.#setAbout(id, { changedAt: new Date().toISOString() });
    return readTexts(paths).revision;
  }

  /**
   * Keeps a text beside the one on disk, whose writer the person has not judged yet: as `draft.txt`, also
   * where it is JSON. @throws Refusal `bad-id`; system errors
   */
  keepDraft(id: string, text: string): void {
    this.#written(() => writeDraft(this.#paths(id), text));
  }

  /**
   * Changes what is known of a schema, and leaves the rest as it is on disk; `problems` alone is no change of
   * the schema.
   */
  describe(id: string, patch: AboutPatch): SchemaAbout {
    const isOwn = Object.keys(patch).some((name) => name !== 'problems');
    return this.#setAbout(id, isOwn ? { ...patch, changedAt: new Date().toISOString() } : patch);
  }

  /**
   * Makes a version of the text that is saved, unless the newest one is the same. What is on disk counts,
   * whoever wrote it.
   *
   * @param revision of the text that is meant; null for whatever is there
   * @returns its number, or that of the newest version
   * @throws Refusal `not-json` while it is none; `changed-outside` where another text is there;
   *   `too-many-versions`
   */
  saveVersion(
    id: string,
    note: string,
    revision: string | null = null,
  ): { number: number; about: SchemaAbout; isNew: boolean } {
    this.#entries.delete(id);
    const { about, isChanged } = this.#entry(id);
    const { text, good, revision: present } = readTexts(this.#paths(id));
    if (good !== text)
      throw new Refusal('not-json', `${about.name} is not JSON now, so no version can be made.`);
    if (revision !== null && present !== revision) refuseChanged(about);
    const newest = about.versions.at(-1);
    if (newest && !isChanged) return { number: newest.number, about, isNew: false };
    if (about.versions.length >= MOST_VERSIONS) {
      const what = `${about.name} has ${MOST_VERSIONS.toLocaleString('en-US')} versions, the most.`;
      throw new Refusal('too-many-versions', `${what} Duplicate it to go on.`);
    }
    const number = (newest?.number ?? 0) + 1;
    const { name, description, strict, kind } = about;
    const at = new Date().toISOString();
    this.#written(() => writeVersion(this.#paths(id), number, text));
    const versions = [...about.versions, { number, at, name, description, strict, kind, note }];
    return { number, about: this.#setAbout(id, { versions }), isNew: true };
  }

  /** @throws Refusal `no-such-version`, `no-such-schema`, `bad-id` */
  versionText(id: string, number: number): string {
    return readVersion(this.#paths(id), number);
  }

  /** @throws system errors of writing */
  create(schema: NewSchemaEntry, note: string): SchemaSummary {
    const { id, paths } = this.#newFolder();
    const { text, source, name, description, strict, kind } = schema;
    const at = new Date().toISOString();
    const facts = { name, description, strict, kind };
    const isJson = scanJsonText(text).fault === null;
    const about: SchemaAbout = {
      id,
      ...facts,
      target: null,
      source,
      createdAt: at,
      changedAt: at,
      problems: null,
      versions: isJson ? [{ number: 1, at, ...facts, note }] : [],
    };
    try {
      this.#written(() => {
        if (isJson) writeVersion(paths, 1, text);
        writeText(paths, text);
        writeAbout(paths, about);
      });
    } catch (error) {
      rmSync(paths.folder, { recursive: true, force: true });
      throw error;
    }
    const summary = summaryOf(this.#entry(id));
    this.#events.changed();
    return summary;
  }

  /** A schema of its own with the text of another; its history begins anew. */
  duplicate(id: string): SchemaSummary {
    const { about } = this.#entry(id);
    const { text } = readTexts(this.#paths(id));
    const { description, strict, kind, target, problems } = about;
    const source: SchemaSource = { kind: 'duplicate', detail: about.name };
    const name = this.#freeName(about.name);
    const made = this.create(
      { name, description, strict, kind, text, source },
      `Copy of ${about.name}`,
    );
    this.describe(made.id, { target, problems });
    return summaryOf(this.#entry(made.id));
  }

  /** Moves it to the trash. @throws Refusal `no-such-schema` */
  delete(id: string): void {
    this.#paths(id);
    this.#trash.put(id);
    this.#entries.delete(id);
    this.#events.changed();
  }

  /** @throws Refusal `no-such-schema`, `schema-exists` */
  restore(id: string): SchemaSummary {
    this.#paths(id);
    this.#trash.restore(id);
    const summary = summaryOf(this.#entry(id));
    this.#events.changed();
    return summary;
  }

  #paths(id: string): SchemaPaths {
    return schemaPaths(this.#folder, id);
  }

  #newFolder(): { id: string; paths: SchemaPaths } {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    for (;;) {
      const id = newFolderId(new Date());
      const paths = this.#paths(id);
      try {
        this.#written(() => mkdirSync(paths.folder, { mode: 0o700 }));
        return { id, paths };
      } catch (error) {
        if (systemCode(error) !== 'EEXIST') throw error;
      }
    }
  }

  /** `person_copy`, `person_copy_2`: names that rule S26 allows where the first one was. */
  #freeName(name: string): string {
    const taken = new Set(this.known().map((one) => one.name));
    const base = `${name.replace(/_copy(?:_\d+)?$/, '').slice(0, 54)}_copy`;
    let free = base;
    for (let count = 2; taken.has(free); count++) free = `${base}_${count}`;
    return free;
  }

  #idsOnDisk(): string[] {
    try {
      return readdirSync(this.#folder, { withFileTypes: true })
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
    if (known && isThere(this.#paths(id).folder)) return known;
    this.#entries.delete(id);
    const paths = this.#paths(id);
    let isMended = false;
    const about = readAbout(paths, id, (message) => {
      isMended = true;
      this.#events.notice('warning', message);
    });
    // From now on it is whole again: what is damaged is said, and kept aside, once.
    if (isMended) this.#written(() => writeAbout(paths, about));
    const entry = this.#entryOf(about, readTexts(paths));
    this.#entries.set(id, entry);
    return entry;
  }

  #entryOf(about: SchemaAbout, texts: SchemaTexts): Entry {
    const newest = about.versions.at(-1);
    const isChanged =
      newest === undefined ||
      this.#savedText(about) !== texts.text ||
      newest.name !== about.name ||
      newest.description !== about.description ||
      newest.strict !== about.strict ||
      newest.kind !== about.kind;
    return { about, isChanged, isDraft: texts.good !== texts.text };
  }

  /** The text of the newest version; null where there is none, or its file is gone. */
  #savedText({ id, versions }: SchemaAbout): string | null {
    const newest = versions.at(-1);
    try {
      return newest ? readVersion(this.#paths(id), newest.number) : null;
    } catch {
      return null;
    }
  }

  #setAbout(id: string, patch: Partial<SchemaAbout>): SchemaAbout {
    const paths = this.#paths(id);
    // Something else may have changed other fields.
    this.#entries.delete(id);
    const about = { ...this.#entry(id).about, ...patch };
    this.#written(() => writeAbout(paths, about));
    this.#entries.set(id, this.#entryOf(about, readTexts(paths)));
    this.#events.changed();
    return about;
  }

  /** Runs what writes; system errors become words. */
  #written<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      const code = systemCode(error);
      if (code === '' || code === 'EEXIST') throw error;
      const why: Record<string, string> = {
        ENOSPC: 'the disk is full',
        EACCES: 'the folder may not be written',
        EPERM: 'the folder may not be written',
        EROFS: 'the disk is read-only',
        ENOENT: 'the folder is no longer there',
      };
      const message = `The schema can't be saved: ${why[code] ?? messageOf(error)}.`;
      throw new Refusal('not-saved', message, `${this.#folder}: ${messageOf(error)}`);
    }
  }
}

function refuseChanged({ id, name }: SchemaAbout): never {
  const message = `The files of ${name} were changed by something else.`;
  throw new Refusal('changed-outside', message, id);
}

function isThere(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function summaryOf({ about, isChanged, isDraft }: Entry): SchemaSummary {
  const { target: _, versions, ...rest } = about;
  return { ...rest, version: versions.at(-1)?.number ?? 0, isChanged, isDraft };
}

function newestFirst(a: SchemaSummary, b: SchemaSummary): number {
  return compare(b.changedAt, a.changedAt) || compare(b.id, a.id);
}
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
