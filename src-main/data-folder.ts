import { accessSync, constants, mkdirSync } from 'node:fs';
import { messageOf, Refusal, systemCode } from './refusal.ts';

/** The files of a data folder are the person's alone. */
const PRIVATE = 0o700;

/**
 * Makes the folders that have to be there before anything is kept, and tries whether they can be
 * written.
 * @param folders absolute, the data folder first
 * @throws Refusal `data-folder`, with a message that says what to do
 */
export function prepareDataFolder(...folders: [string, ...string[]]): void {
  try {
    for (const folder of folders) {
      mkdirSync(folder, { recursive: true, mode: PRIVATE });
      accessSync(folder, constants.W_OK | constants.X_OK);
    }
  } catch (error) {
    throw new Refusal('data-folder', dataFolderMessage(folders[0], error), messageOf(error));
  }
}

/** Why nothing can be kept in a folder, and what to do. */
export function dataFolderMessage(folder: string, error: unknown): string {
  const reasons: Record<string, string> = {
    EACCES: 'it may not be written',
    EPERM: 'it may not be written',
    EROFS: 'its disk is read-only',
    ENOSPC: 'its disk is full',
    EEXIST: 'it, or a part of its path, is a file',
    ENOTDIR: 'it, or a part of its path, is a file',
  };
  const why = reasons[systemCode(error)] ?? messageOf(error);
  return (
    `Deltascope can't keep captures in ${folder}: ${why}. Make the folder writable, or name ` +
    'another one with --user-data-dir=FOLDER or DELTASCOPE_DATA.'
  );
}
