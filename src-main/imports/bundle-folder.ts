import { lstat, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CaptureSummary } from '../../src-core/capture.ts';
import { BUNDLE_FILE } from '../../src-core/export/bundle-layout.ts';
import type { CaptureStore } from '../captures/store.ts';
import { Refusal } from '../refusal.ts';
import { foldersNamed } from './bundle-about.ts';
import { importCapture } from './import-capture.ts';
import type { Imported } from './import-source.ts';
import { ZipFault } from './zip-file.ts';

/** Whether a folder is what somebody has unpacked a bundle into. */
export async function isBundleFolder(folder: string): Promise<boolean> {
  const found = await lstat(join(folder, BUNDLE_FILE)).catch(() => null);
  return found?.isFile() ?? false;
}

/** Imports the captures of an unpacked bundle. @throws Refusal like `importBundle` */
export async function importBundleFolder(store: CaptureStore, folder: string): Promise<Imported> {
  const captures: CaptureSummary[] = [];
  const name = basename(folder);
  try {
    const text = await readFile(join(folder, BUNDLE_FILE), 'utf8');
    for (const inner of foldersNamed(text, name))
      captures.push(await importCapture(store, join(folder, inner)));
    return { captures, remarks: [], command: null };
  } catch (error) {
    // All of them, or none.
    for (const { id } of captures) store.discard({ paths: store.paths(id) });
    if (!(error instanceof ZipFault)) throw error;
    throw new Refusal('bundle-damaged', `The bundle ${name} is damaged: ${error.message}.`);
  }
}
