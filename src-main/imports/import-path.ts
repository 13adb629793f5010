import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CaptureOrigin, CaptureSummary } from '../../src-core/capture.ts';
import { messageOf, Refusal, systemCode } from '../refusal.ts';
import { importBundleFolder, isBundleFolder } from './bundle-folder.ts';
import { captureFolderOf, importCapture } from './import-capture.ts';
import { type Imported, importSource } from './import-source.ts';
import { type ImportTools, UNWATCHED, type Watch } from './source.ts';

/** What an imported capture is called, where it came from, and when. */
export interface ImportedAs {
  name: string;
  origin: CaptureOrigin;
  createdAt?: string;
}

/**
 * Imports a file, or a folder that is a capture. Nothing is announced.
 * @param path absolute
 * @throws Refusal `unreadable`, `folder`, `empty`, `newer-version`, `cancelled`, with the file's name in it
 */
export async function importPath(
  tools: ImportTools,
  path: string,
  as: ImportedAs = { name: basename(path), origin: { kind: 'file', path } },
  watch: Watch = UNWATCHED,
): Promise<Imported> {
  const name = basename(path);
  try {
    const found = await stat(path);
    const folder = await captureFolderOf(path, found.isDirectory());
    if (folder) return whole(await importCapture(tools.store, folder));
    if (found.isDirectory() && (await isBundleFolder(path)))
      return await importBundleFolder(tools.store, path);
    if (found.isDirectory()) {
      throw new Refusal('folder', `${name} is a folder, and no capture: it has no capture.json.`);
    }
    if (!found.isFile()) throw new Refusal('unreadable', `${name} is not a regular file.`);
    if (found.size === 0) throw new Refusal('empty', `${name} is empty.`);
    return await importSource(tools, { path, ...as, staged: null, notes: [] }, watch);
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable(name, error);
  }
}

function whole(capture: CaptureSummary): Imported {
  return { captures: [capture], remarks: [], command: null };
}

function unreadable(name: string, error: unknown): Refusal {
  const reasons: Record<string, string> = {
    ENOENT: `${name} does not exist.`,
    EACCES: `${name} can't be read: permission denied.`,
    EPERM: `${name} can't be read: permission denied.`,
    ENOSPC: `${name} can't be imported: the disk is full.`,
  };
  const message = reasons[systemCode(error)] ?? `${name} can't be read: ${messageOf(error)}`;
  return new Refusal('unreadable', message, messageOf(error));
}
