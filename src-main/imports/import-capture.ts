import { chmod, copyFile, lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CaptureMeta, CaptureSummary } from '../../src-core/capture.ts';
import { pathsIn, readMeta } from '../captures/capture-folder.ts';
import type { CaptureStore } from '../captures/store.ts';
import { computeFacts } from '../captures/summary.ts';
import { keptResponseHeaders, redactedHeaders } from '../requests/request-head.ts';
import { keptHeader, keptUrl } from './request-secrets.ts';

/** Imports a folder that is a capture, byte for byte. Nothing is announced. */
export async function importCapture(store: CaptureStore, folder: string): Promise<CaptureSummary> {
  const staged = store.stage();
  try {
    const source = pathsIn(folder);
    await copyBytes(source.meta, staged.paths.meta);
    for (const file of ['body', 'chunks', 'wire', 'wireChunks'] as const) {
      // A capture of a refused connection has no bytes.
      if (await isFile(source[file])) await copyBytes(source[file], staged.paths[file]);
    }
    const meta = lessSecrets(readMeta(staged.paths, staged.id));
    const { facts, bytes } = await computeFacts(staged.paths, meta);
    const added = { ...withName(meta, folder), addedAt: new Date().toISOString() };
    return store.adopt(staged, added, facts, bytes);
  } catch (error) {
    store.discard(staged);
    throw error;
  }
}

/**
 * Another program's folder or bundle may hold keys where ours have none. What a person wrote into the body stays, as
 * it does in a capture of our own.
 */
function lessSecrets(meta: CaptureMeta): CaptureMeta {
  const { request, response } = meta;
  return {
    ...meta,
    request: request && {
      ...request,
      url: keptUrl(request.url),
      headers: redactedHeaders(request.headers).map(keptHeader),
    },
    response: response && { ...response, headers: keptResponseHeaders(response.headers.flat()) },
  };
}

/** Metadata that had to be made up is called after the folder it came from, not the new id. */
function withName(meta: CaptureMeta, folder: string): CaptureMeta {
  return meta.name === meta.id ? { ...meta, name: basename(folder) } : meta;
}

/** The capture's folder that a path means: itself, or the one whose `capture.json` it is. */
export async function captureFolderOf(path: string, isFolder: boolean): Promise<string | null> {
  if (isFolder) return (await isFile(join(path, 'capture.json'))) ? path : null;
  const parent = dirname(path);
  if (basename(path) !== 'capture.json') return null;
  return (await isFile(join(parent, 'body'))) ? parent : null;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch {
    return false;
  }
}

async function copyBytes(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  // The copy takes over the permissions, and a read-only body could not be deleted everywhere.
  await chmod(to, 0o600);
}
