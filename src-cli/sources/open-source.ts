import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Console } from '../console/console.ts';
import { InputError } from '../failure.ts';
import { fileSource, pipeSource, standardInput, unreadable } from './byte-source.ts';
import { captureFolderOf, captureSource } from './capture-source.ts';
import type { Source } from './source.ts';

/**
 * The streams that an input names: one, or as many as its file holds.
 * @param name as given on the command line; `-` for standard input
 * @throws InputError for what is not there, may not be read, or is a folder that is no capture
 */
export async function openSources(name: string, console: Console): Promise<Source[]> {
  if (name === '-') return [standardInput(console)];
  const path = resolve(console.workingDirectory, name);
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  const folder = await captureFolderOf(path, found.isDirectory());
  if (folder) return [captureSource(name, folder)];
  if (found.isDirectory()) {
    throw new InputError(
      `${name} is a folder, and no capture: it has no capture.json.`,
      'Name a file, or the folder of a capture.',
    );
  }
  return [found.isFile() ? fileSource(name, path) : pipeSource(name, path, console)];
}
