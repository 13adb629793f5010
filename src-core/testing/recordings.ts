import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isObject, parseJson, stringOf } from '../json.ts';

const folder = fileURLToPath(new URL('./recordings/', import.meta.url));

export interface Recording {
  /** The path below `recordings`, with `/`. */
  name: string;
  bytes: Uint8Array;
}

/** The recorded streams under `recordings` whose name ends with `extension`. */
export function recordings(extension: '.sse' | '.jsonl' | '.ndjson' | '.json'): Recording[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}

/** All recordings of the Responses dialect as event streams, by their file names. */
export function responsesRecordings(): Recording[] {
  const streams = recordings('.sse').filter(
    ({ name }) => name === 'seed-person.sse' || name.startsWith('openai-responses/'),
  );
  const lines = recordings('.jsonl').filter(({ name }) => name.startsWith('openai-responses/'));
  return [
    ...streams,
    ...lines.map(({ name, bytes }) => ({ name, bytes: framesOfLines(bytes) })),
  ].map(({ name, bytes }) => ({ name: name.replace(/^.*\//, ''), bytes }));
}

/** What `INDEX.tsv` says of each recording. */
export function recordedFacts(): { path: string; provenance: string; note: string }[] {
  const [head = '', ...rows] = readFileSync(join(folder, 'INDEX.tsv'), 'utf8')
    .trimEnd()
    .split('\n');
  const columns = head.split('\t');
  return rows.map((row) => {
    const cells = row.split('\t');
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    return { path: cell('path'), provenance: cell('provenance'), note: cell('note') };
  });
}

/**
 * A recording kept as one JSON event a line, as the frames its server would have sent.
 * @param named with the event's type as the frame's name
 */
export function framesOfLines(lines: Uint8Array, named = false): Uint8Array {
  const text = new TextDecoder().decode(lines);
  const frames = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `${named ? nameLine(line) : ''}data: ${line}\n\n`);
  return new TextEncoder().encode(frames.join(''));
}

function nameLine(line: string): string {
  const value = parseJson(line);
  const type = isObject(value) ? stringOf(value.type) : '';
  return type === '' ? '' : `event: ${type}\n`;
}
