import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaptureMeta } from '../../src-core/capture.ts';
import type { CapturePaths } from '../../src-main/captures/capture-folder.ts';

/** What `record` writes: folders of captures, or the bytes of answers. */
export type RecordFormat = 'capture' | 'body';

/** Endings by the type of a body; a file of another one is called `.txt`. */
const ENDINGS: readonly (readonly [form: RegExp, ending: string])[] = [
  [/^text\/event-stream\b/, 'sse'],
  [/^application\/(?:x-)?(?:nd-?json|jsonl|json-?lines)\b/, 'jsonl'],
  [/^application\/(?:[\w.-]+\+)?json\b/, 'json'],
];

/**
 * Writes the body of a capture as a file of its id.
 * @returns the file's name
 * @throws system errors of writing
 */
export function writeBody(paths: CapturePaths, meta: CaptureMeta, folder: string): string {
  const { headers = [] } = meta.response ?? {};
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const ending = ENDINGS.find(([form]) => form.test(type.toLowerCase()))?.[1] ?? 'txt';
  const name = `${meta.id}.${ending}`;
  copyFileSync(paths.body, join(folder, name));
  return name;
}
