import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { messageOf, Refusal } from './refusal.ts';

/** Writes a text to a file that a person chose. Throws a `Refusal` (`file-unwritable`) where it can't. */
export async function saveText(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new Refusal('file-unwritable', `${basename(path)} can't be written: ${messageOf(error)}`);
  }
}
