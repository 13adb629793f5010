import type { Target } from './strict-schema/targets.ts';

/** What a schema is for: the output of a response, or the arguments of a function. */
export type SchemaKind = 'format' | 'tool';

/** Where a schema came from. `detail` names it for a person: a file, a capture, a template. */
export const SCHEMA_SOURCES = [
  'blank',
  'template',
  'example',
  'capture',
  'file',
  'openapi',
  'compose',
  'duplicate',
] as const;
export interface SchemaSource {
  kind: (typeof SCHEMA_SOURCES)[number];
  detail: string;
  /** The capture that it came from, and where in its request or response, as a JSON pointer. */
  capture?: { id: string; pointer: string } | undefined;
}

/** What a request says of a schema beside its text. `name` is the name there (rule S26). */
export interface SchemaFacts {
  name: string;
  description: string;
  strict: boolean;
  kind: SchemaKind;
}

/** A saved state of a schema; its text is a file of its own. */
export interface SchemaVersion extends SchemaFacts {
  /** Counts from 1. */
  number: number;
  /** ISO 8601, UTC. */
  at: string;
  note: string;
}

/** How many errors and warnings strict mode has with the text that was looked at last. */
export interface ProblemCount {
  errors: number;
  warnings: number;
}

/** An entry of the library, all but its texts. */
export interface SchemaAbout extends SchemaFacts {
  id: string;
  /** Whose rules it is held to; null for those that the settings choose. */
  target: Target | null;
  source: SchemaSource;
  createdAt: string;
  changedAt: string;
  /** Null before the first look. */
  problems: ProblemCount | null;
  /** The oldest first. */
  versions: readonly SchemaVersion[];
}

/** A line of the list of schemas. */
export interface SchemaSummary extends SchemaFacts {
  id: string;
  source: SchemaSource;
  createdAt: string;
  changedAt: string;
  /** The number of the newest version, 0 before there is one. */
  version: number;
  /** Whether the text, name, description, strict flag or kind is another than in the newest version. */
  isChanged: boolean;
  /** Whether the text is no JSON at present. */
  isDraft: boolean;
  problems: ProblemCount | null;
}

/** The characters that a schema's text may have. */
export const MAX_SCHEMA_TEXT = 2_000_000;
/** The versions that a schema may have: they are listed in a file that is replaced as a whole. */
export const MOST_VERSIONS = 2000;

/**
 * Names the texts of a schema on disk: equal ones have equal revisions, and others almost surely have others.
 *
 * @param text the working text
 * @param good the text of `schema.json`, another one while `text` is a draft; null where there is none
 */
export function revisionOf(text: string, good: string | null): string {
  if (good === text) return hashOf(text);
  return `${hashOf(text)} ${good === null ? '' : hashOf(good)}`;
}

function hashOf(text: string): string {
  // FNV-1a over the code units, twice with different starts: 64 bits.
  let one = 0x811c9dc5;
  let other = 0x9747b28c;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x85ebca6b);
  }
  const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
  return `${text.length}-${hex(one)}${hex(other)}`;
}
