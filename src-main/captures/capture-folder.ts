import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type CaptureMeta, ENDED_BY } from '../../src-core/capture.ts';
import { IMPORT_FORMATS } from '../../src-core/imports/exchange.ts';
import {
  BookmarkInput,
  DialectChoice,
  MOST_BOOKMARKS,
  MOST_SILENCED,
  ProfileId,
  RuleId,
} from '../../src-ipc/contract.ts';
import { writeFileAtomic } from '../atomic-file.ts';
import { isFolderId } from '../folder-id.ts';
import { messageOf, Refusal, systemCode } from '../refusal.ts';
import { soundEntries } from '../sound-entries.ts';
import { readChecks, readRun } from './stored-runs.ts';

/** The version of `docs/capture-format.md` that is written here. */
export const FORMAT_VERSION = 1;

const pairs = v.array(v.tuple([v.string(), v.string()]));
const micros = v.nullable(v.number());

/** A format that a later version knows is none that is known here. */
const importedFrom = {
  format: v.exactOptional(v.fallback(v.picklist(IMPORT_FORMATS), 'stream')),
  entry: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
};

/** What `capture.json` holds. Unknown fields of the same version are kept out, not refused. */
const CaptureMetaFile = v.object({
  version: v.literal(FORMAT_VERSION),
  id: v.string(),
  name: v.string(),
  createdAt: v.string(),
  addedAt: v.exactOptional(v.string()),
  origin: v.variant('kind', [
    v.object({ kind: v.literal('request'), endpoint: v.string() }),
    v.object({ kind: v.literal('proxy'), server: v.string(), upstream: v.string() }),
    v.object({ kind: v.literal('file'), path: v.string(), ...importedFrom }),
    v.object({ kind: v.literal('paste'), ...importedFrom }),
    v.object({ kind: v.literal('example') }),
  ]),
  request: v.nullable(
    v.object({ method: v.string(), url: v.string(), headers: pairs, body: v.string() }),
  ),
  response: v.nullable(
    v.object({
      status: v.number(),
      statusText: v.string(),
      httpVersion: v.string(),
      headers: pairs,
    }),
  ),
  timing: v.nullable(
    v.object({
      dnsUs: micros,
      connectUs: micros,
      tlsUs: micros,
      sentUs: micros,
      firstByteUs: micros,
    }),
  ),
  end: v.nullable(
    v.object({
      kind: v.picklist(['closed', 'aborted', 'disconnected', 'failed']),
      atUs: v.number(),
      // Who a later version knows is nobody that is known here.
      by: v.exactOptional(v.fallback(v.picklist(ENDED_BY), 'network')),
      code: v.nullable(v.string()),
      message: v.string(),
    }),
  ),
  timed: v.boolean(),
  // Added later: a capture without them has none. Damaged ones are left out one by one.
  bookmarks: v.optional(v.unknown(), []),
  dialect: v.optional(v.unknown()),
  profile: v.optional(v.unknown()),
  silenced: v.optional(v.unknown()),
  run: v.optional(v.unknown()),
  checks: v.optional(v.unknown()),
});

/** The files of one capture. `body` and `chunks` grow by appending; `meta` is replaced as a whole. */
export interface CapturePaths {
  folder: string;
  body: string;
  chunks: string;
  meta: string;
  summary: string;
  /** What came on the wire where that is not `body`, and its chunk table. */
  wire: string;
  wireChunks: string;
}

export function pathsIn(folder: string): CapturePaths {
  return {
    folder,
    body: join(folder, 'body'),
    chunks: join(folder, 'chunks.jsonl'),
    meta: join(folder, 'capture.json'),
    summary: join(folder, 'summary.json'),
    wire: join(folder, 'wire'),
    wireChunks: join(folder, 'wire.jsonl'),
  };
}

/** @throws Refusal `bad-id` for what is no id: nothing outside `parent` can be named. */
export function capturePaths(parent: string, id: string): CapturePaths {
  if (!isFolderId(id)) throw new Refusal('bad-id', 'This is not the id of a capture.', id);
  return pathsIn(join(parent, id));
}

/** Creates the folder of a new capture. @returns false if there is one of that id already. */
export function createCaptureFolder(paths: CapturePaths): boolean {
  mkdirSync(join(paths.folder, '..'), { recursive: true });
  try {
    mkdirSync(paths.folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The size of the body in bytes, 0 where there is none. */
export function bodySize(paths: CapturePaths): number {
  try {
    return statSync(paths.body).size;
  } catch {
    return 0;
  }
}

/**
 * Where the body stands as it came on the wire: of a compressed one beside the decoded bytes, else in `body`
 * itself. A `CaptureReader` on these paths gives the bytes and the chunks of the wire.
 */
export function wirePaths(paths: CapturePaths): CapturePaths {
  if (!existsSync(paths.wire)) return paths;
  return { ...paths, body: paths.wire, chunks: paths.wireChunks };
}

/** @param options.durable false while more is to come: the next one is worth waiting for the disk */
export function writeMeta(
  paths: CapturePaths,
  meta: CaptureMeta,
  options: { durable: boolean } = { durable: true },
): void {
  writeFileAtomic(paths.meta, `${JSON.stringify(meta, null, 2)}\n`, options);
}

/**
 * The metadata as stored. Where `capture.json` is missing or damaged it is made up from what is
 * there, and says so in its end: bytes that were received are never refused for a broken label.
 *
 * @param onLoss called with what was left out of it, as a sentence for the person.
 * @throws Refusal `newer-version` for a capture of a later format, which stays untouched;
 *   `no-such-capture` where there is no folder.
 */
export function readMeta(
  paths: CapturePaths,
  id: string,
  onLoss: (message: string) => void = () => {},
): CaptureMeta {
  let text: string;
  try {
    text = readFileSync(paths.meta, 'utf8');
  } catch (error) {
    return reconstructed(paths, id, systemCode(error) === 'ENOENT' ? 'missing' : messageOf(error));
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return reconstructed(paths, id, `damaged: ${messageOf(error)}`);
  }
  refuseNewer(value, id);
  const result = v.safeParse(CaptureMetaFile, value);
  if (!result.success) {
    return reconstructed(paths, id, `damaged: ${v.summarize(result.issues)}`);
  }
  // The folder is what names a capture: a copied folder is a capture of its own.
  const {
    run: storedRun,
    checks: storedChecks,
    silenced,
    dialect,
    profile,
    ...facts
  } = result.output;
  const run = readRun(storedRun);
  const checks = readChecks(storedChecks);
  return {
    ...facts,
    id,
    bookmarks: readBookmarks(facts.bookmarks, facts.name, onLoss),
    ...readReading({ silenced, dialect, profile }),
    ...(run && { run }),
    ...(checks.length > 0 && { checks }),
  };
}

function readBookmarks(
  stored: unknown,
  capture: string,
  onLoss: (message: string) => void,
): CaptureMeta['bookmarks'] {
  const list = Array.isArray(stored) ? stored : [];
  const kept = soundEntries(list, BookmarkInput, ({ seq }) => seq, MOST_BOOKMARKS);
  const lost = list.length - kept.length;
  if (lost > 0 || list !== stored)
    onLoss(
      `Of the bookmarks of ${capture}, ${list === stored ? `${lost} of ${list.length}` : 'all'} ` +
        'are damaged or repeated and left out. capture.json has them until bookmarks are changed.',
    );
  return kept.sort((a, b) => a.seq - b.seq);
}

/** How a person wants it read. What is damaged was not chosen, and what it silenced shows again. */
function readReading(
  stored: Record<'silenced' | 'dialect' | 'profile', unknown>,
): Pick<CaptureMeta, 'silenced' | 'dialect' | 'profile'> {
  const list = Array.isArray(stored.silenced) ? stored.silenced : [];
  const silenced = soundEntries(list, RuleId, (rule) => rule, MOST_SILENCED);
  const dialect = v.safeParse(DialectChoice, stored.dialect);
  const profile = v.safeParse(ProfileId, stored.profile);
  return {
    ...(silenced.length > 0 && { silenced }),
    ...(dialect.success && { dialect: dialect.output }),
    ...(profile.success && { profile: profile.output }),
  };
}

function refuseNewer(value: unknown, id: string): void {
  if (typeof value !== 'object' || value === null || !('version' in value)) return;
  const { version } = value;
  if (typeof version !== 'number' || version <= FORMAT_VERSION) return;
  throw new Refusal(
    'newer-version',
    `The capture ${id} has format ${version}, and this Deltascope reads up to ${FORMAT_VERSION}. ` +
      'It was left as it is; a newer Deltascope opens it.',
  );
}

function reconstructed(paths: CapturePaths, id: string, why: string): CaptureMeta {
  let createdAt: Date;
  try {
    const { birthtime, mtime } = statSync(paths.folder);
    createdAt = birthtime < mtime && birthtime.getTime() > 0 ? birthtime : mtime;
  } catch {
    throw new Refusal('no-such-capture', 'This capture is no longer there.', id);
  }
  let timed = true;
  try {
    statSync(paths.chunks);
  } catch {
    timed = false;
  }
  return {
    version: FORMAT_VERSION,
    id,
    name: id,
    createdAt: createdAt.toISOString(),
    origin: { kind: 'file', path: paths.folder },
    request: null,
    response: null,
    timing: null,
    end: {
      kind: 'disconnected',
      atUs: 0,
      code: 'no-metadata',
      message:
        `The metadata of this capture (capture.json) is ${why}. ` +
        'The bytes are shown as they were received; request and response headers are lost.',
    },
    timed,
    bookmarks: [],
  };
}
