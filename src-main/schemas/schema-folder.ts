import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { scanJsonText } from '../../src-core/json-text.ts';
import {
  revisionOf,
  SCHEMA_SOURCES,
  type SchemaAbout,
  type SchemaVersion,
} from '../../src-core/schema.ts';
import { TARGETS } from '../../src-core/strict-schema/targets.ts';
import { writeFileAtomic } from '../atomic-file.ts';
import { isFolderId } from '../folder-id.ts';
import { messageOf, Refusal, systemCode } from '../refusal.ts';
import { soundEntries } from '../sound-entries.ts';

/** The version of `docs/schema-format.md` that is written here. */
export const SCHEMA_FORMAT_VERSION = 1;

const facts = {
  name: v.string(),
  description: v.string(),
  strict: v.boolean(),
  kind: v.picklist(['format', 'tool']),
};
const Version = v.object({
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  at: v.string(),
  ...facts,
  note: v.string(),
});
/** What `about.json` holds. Unknown fields of the same version are kept out, not refused. */
const AboutFile = v.object({
  version: v.literal(SCHEMA_FORMAT_VERSION),
  ...facts,
  target: v.optional(v.nullable(v.picklist(TARGETS)), null),
  source: v.object({
    kind: v.picklist(SCHEMA_SOURCES),
    detail: v.string(),
    capture: v.optional(v.object({ id: v.string(), pointer: v.string() })),
  }),
  createdAt: v.string(),
  changedAt: v.string(),
  problems: v.optional(v.nullable(v.object({ errors: v.number(), warnings: v.number() })), null),
  // Damaged ones are left out one by one, and read again from their files.
  versions: v.optional(v.unknown(), []),
});

/** The files of one schema; `versionText` names one of those of its versions. */
export interface SchemaPaths {
  folder: string;
  text: string;
  draft: string;
  about: string;
  versions: string;
  versionText(number: number): string;
}

/** @throws Refusal `bad-id` for what is no id: nothing outside `parent` can be named. */
export function schemaPaths(parent: string, id: string): SchemaPaths {
  if (!isFolderId(id)) throw new Refusal('bad-id', 'This is not the id of a schema.', id);
  const folder = join(parent, id);
  const versions = join(folder, 'versions');
  return {
    folder,
    text: join(folder, 'schema.json'),
    draft: join(folder, 'draft.txt'),
    about: join(folder, 'about.json'),
    versions,
    versionText: (number) => join(versions, `${number}.json`),
  };
}

/** The texts of a schema as they are on disk, with line feeds only. */
export interface SchemaTexts {
  /** What a person sees: the draft, else the schema. */
  text: string;
  /** The newest text that is JSON; null where there is none. */
  good: string | null;
  /** Names this state of the disk: another one means that somebody else wrote. */
  revision: string;
}

/**
 * Where the text is gone, that of the newest version stands for it.
 *
 * @throws Refusal `no-such-schema`; system errors of reading
 */
export function readTexts(paths: SchemaPaths): SchemaTexts {
  const draft = readIfThere(paths.draft);
  let schema = readIfThere(paths.text);
  if (schema === null) {
    const newest = Math.max(...numbersOnDisk(paths));
    if (newest > 0) schema = readIfThere(paths.versionText(newest));
    if (schema === null && draft === null) refuseMissing(paths);
  }
  // A file that was written by something else may be no JSON either.
  const isGood = schema !== null && scanJsonText(schema).fault === null;
  const text = draft ?? schema ?? '';
  const good = isGood ? schema : null;
  return { text, good, revision: revisionOf(text, good) };
}

/**
 * Writes the text to where it belongs: `schema.json`, or `draft.txt` while it is no JSON. The older
 * one of the two is removed last, so that a crash in between loses neither.
 *
 * @throws system errors of writing
 */
export function writeText(paths: SchemaPaths, text: string): void {
  if (scanJsonText(text).fault) writeDraft(paths, text);
  else {
    mkdirSync(paths.folder, { recursive: true, mode: 0o700 });
    writeFileAtomic(paths.text, text, { durable: true });
    rmSync(paths.draft, { force: true });
  }
}

/** Writes `draft.txt`, whatever the text is. @throws system errors of writing */
export function writeDraft(paths: SchemaPaths, text: string): void {
  mkdirSync(paths.folder, { recursive: true, mode: 0o700 });
  writeFileAtomic(paths.draft, text, { durable: true });
}

/** @throws Refusal `no-such-version`; system errors of reading */
export function readVersion(paths: SchemaPaths, number: number): string {
  const text = readIfThere(paths.versionText(number));
  if (text === null) {
    const file = `versions/${number}.json`;
    throw new Refusal('no-such-version', `Version ${number} is no longer there (${file}).`);
  }
  return text;
}

/** @throws system errors of writing */
export function writeVersion(paths: SchemaPaths, number: number, text: string): void {
  mkdirSync(paths.versions, { recursive: true, mode: 0o700 });
  writeFileAtomic(paths.versionText(number), text, { durable: true });
}

/** @throws system errors of writing */
export function writeAbout(paths: SchemaPaths, { id: _, ...about }: SchemaAbout): void {
  const stored = { version: SCHEMA_FORMAT_VERSION, ...about };
  writeFileAtomic(paths.about, `${JSON.stringify(stored, null, 2)}\n`, { durable: true });
}

/**
 * What is known of a schema. Where `about.json` is missing or damaged it is made up from what is there:
 * the damaged file is kept beside it, and versions are found by their files.
 *
 * @param onLoss called with what was left out or made up, as a sentence for the person.
 * @throws Refusal `newer-version` for a schema of a later format, which stays untouched;
 *   `no-such-schema` where there is no folder.
 */
export function readAbout(
  paths: SchemaPaths,
  id: string,
  onLoss: (message: string) => void,
): SchemaAbout {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(paths.about, 'utf8'));
  } catch (error) {
    const isMissing = systemCode(error) === 'ENOENT';
    return madeUp(paths, id, isMissing ? 'missing' : `damaged: ${messageOf(error)}`, onLoss);
  }
  refuseNewer(value, id);
  const result = v.safeParse(AboutFile, value);
  if (!result.success) return madeUp(paths, id, `damaged: ${v.summarize(result.issues)}`, onLoss);
  const { version: _, versions: stored, ...rest } = result.output;
  // The folder is what names a schema: a copied folder is a schema of its own.
  const about = { ...rest, id, versions: [] };
  const list = Array.isArray(stored) ? stored : [];
  const sound = soundEntries(list, Version, ({ number }) => number, Infinity);
  const versions = versionsOf(paths, about, sound);
  if (sound.length < list.length || list !== stored)
    onLoss(
      `Of the versions of ${rest.name} some are damaged in about.json (kept as ` +
        `${keepAside(paths)}); their numbers and times are those of their files.`,
    );
  return { ...about, versions };
}

/** Those that are written down, and those that there are only files of. */
function versionsOf(
  paths: SchemaPaths,
  about: Omit<SchemaAbout, 'versions'>,
  known: readonly SchemaVersion[],
): SchemaVersion[] {
  const { name, description, strict, kind } = about;
  const numbers = new Set(known.map(({ number }) => number));
  const found = numbersOnDisk(paths).filter((number) => !numbers.has(number));
  const others = found.map((number) => ({
    number,
    at: timeOf(paths.versionText(number)),
    name,
    description,
    strict,
    kind,
    note: '',
  }));
  return [...known, ...others].sort((one, other) => one.number - other.number);
}

function numbersOnDisk(paths: SchemaPaths): number[] {
  try {
    return readdirSync(paths.versions)
      .map((file) => Number(/^([1-9]\d{0,8})\.json$/.exec(file)?.[1]))
      .filter((number) => !Number.isNaN(number));
  } catch {
    return [];
  }
}

function madeUp(
  paths: SchemaPaths,
  id: string,
  why: string,
  onLoss: (message: string) => void,
): SchemaAbout {
  try {
    statSync(paths.folder);
  } catch {
    refuseMissing(paths);
  }
  const kept = why === 'missing' ? '' : ` The file as it was is kept as ${keepAside(paths)}.`;
  onLoss(
    `about.json of the schema ${id} is ${why}. Its name, description and strict flag were made up ` +
      `anew; its text and versions are there.${kept}`,
  );
  const at = timeOf(paths.folder);
  const about: Omit<SchemaAbout, 'versions'> = {
    id,
    name: 'recovered',
    description: '',
    strict: true,
    kind: 'format',
    target: null,
    source: { kind: 'file', detail: id },
    createdAt: at,
    changedAt: at,
    problems: null,
  };
  return { ...about, versions: versionsOf(paths, about, []) };
}

/** Copies `about.json` to a name where nothing overwrites it. @returns that name */
function keepAside(paths: SchemaPaths): string {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const name = `about.json.broken-${stamp}`;
  try {
    copyFileSync(paths.about, join(paths.folder, name));
  } catch {
    // Then it is what it is until something is changed.
  }
  return name;
}

function refuseNewer(value: unknown, id: string): void {
  if (typeof value !== 'object' || value === null || !('version' in value)) return;
  const { version } = value;
  if (typeof version !== 'number' || version <= SCHEMA_FORMAT_VERSION) return;
  throw new Refusal(
    'newer-version',
    `The schema ${id} has format ${version}, and this Deltascope reads up to ` +
      `${SCHEMA_FORMAT_VERSION}. It was left as it is; a newer Deltascope opens it.`,
  );
}

function refuseMissing(paths: SchemaPaths): never {
  const message = 'This schema is no longer there: its files were removed.';
  throw new Refusal('no-such-schema', message, paths.folder);
}

function readIfThere(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8');
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function timeOf(path: string): string {
  try {
    return statSync(path).mtime.toISOString();
  } catch {
    return new Date(0).toISOString();
  }
}
