import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import type { CaptureMeta } from '../../src-core/capture.ts';
import { exportFormat } from '../../src-core/export/export-formats.ts';
import { NO_REDACTION } from '../../src-core/redaction/options.ts';
import type { CapturePaths } from '../../src-main/captures/capture-folder.ts';
import { exportCaptures } from '../../src-main/exports/export-captures.ts';
import { storedCapture } from '../../src-main/exports/stored-capture.ts';
import { writeExport } from '../../src-main/exports/write-export.ts';

/** What `record` writes: folders of captures, a file for each, or the bytes of answers. */
export type RecordFormat = 'capture' | 'bundle' | 'body';

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

/**
 * Writes a capture as a bundle, a file of its id. Nothing is struck out but what a capture never holds.
 * @returns the file's name
 * @throws system errors of reading; Refusal `file-unwritable`
 */
export async function writeBundle(
  paths: CapturePaths,
  meta: CaptureMeta,
  folder: string,
): Promise<string> {
  const at = new Date().toISOString();
  const options = { redaction: NO_REDACTION, version, at };
  const pieces = exportCaptures('bundle', [storedCapture(paths, meta)], options);
  const name = `${meta.id}.${exportFormat('bundle').extension}`;
  await writeExport(join(folder, name), pieces, new AbortController().signal);
  return name;
}
