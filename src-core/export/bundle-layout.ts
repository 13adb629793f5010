import type { RedactionOptions } from '../redaction/options.ts';
import { REDACTION_CLASSES } from '../redaction/options.ts';
import type { ExportedBy } from './export-capture.ts';

/** What a bundle's first file says: see `docs/bundle-format.md`. */
export interface BundleAbout {
  format: typeof BUNDLE_FORMAT;
  version: number;
  /** `Deltascope 0.5.0` */
  creator: string;
  /** ISO 8601. */
  exportedAt: string;
  /** The classes that were struck out, `custom` for own patterns; none: it holds what the captures held. */
  redacted: string[];
  /** The folders of its captures, in their order. */
  captures: { folder: string; name: string }[];
}

export const BUNDLE_FORMAT = 'deltascope-bundle';
export const BUNDLE_VERSION = 1;
/** The file that tells a bundle, and is its first. */
export const BUNDLE_FILE = 'bundle.json';

/** Files of a capture's folder in a bundle; those of the wire and the table of chunks may be missing. */
export const BUNDLED_FILES = [
  'capture.json',
  'body',
  'chunks.jsonl',
  'wire',
  'wire.jsonl',
] as const;
export type BundledFile = (typeof BUNDLED_FILES)[number];

export function bundleFolder(index: number): string {
  return `captures/${index + 1}`;
}

export function bundleAbout(
  names: readonly string[],
  redaction: RedactionOptions,
  { version, at }: ExportedBy,
): BundleAbout {
  return {
    format: BUNDLE_FORMAT,
    version: BUNDLE_VERSION,
    creator: `Deltascope ${version}`,
    exportedAt: at,
    redacted: [
      ...REDACTION_CLASSES.filter((one) => redaction[one]),
      ...(redaction.custom.length > 0 ? ['custom'] : []),
    ],
    captures: names.map((name, index) => ({ folder: bundleFolder(index), name })),
  };
}
