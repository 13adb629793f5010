import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../json.ts';

const folder = fileURLToPath(new URL('./real-schemas/', import.meta.url));

/** A schema as people bring it. */
export interface RealSchema {
  /** The path below `real-schemas`; `INDEX.tsv` has the source and the licence. */
  file: string;
  /** What to call it in a request. */
  name: string;
  text: string;
  schema: JsonObject;
}

/** All schemas below `real-schemas`, in the order of their names. */
export function realSchemas(): RealSchema[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const text = readFileSync(folder + file, 'utf8');
      const name = file.slice(file.indexOf('/') + 1, -'.json'.length);
      return { file, name, text, schema: JSON.parse(text) as JsonObject };
    });
}

/** The files that `INDEX.tsv` names. */
export function indexedFiles(): string[] {
  const [, ...rows] = readFileSync(`${folder}INDEX.tsv`, 'utf8').trimEnd().split('\n');
  return rows.map((row) => row.split('\t')[0]!);
}
