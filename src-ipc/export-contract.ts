import * as v from 'valibot';
import { EXPORT_FORMAT_IDS } from '../src-core/export/export-formats.ts';
import { LONGEST_CUSTOM, MOST_PATTERNS } from '../src-core/redaction/custom-pattern.ts';
import { DEFAULT_REDACTION } from '../src-core/redaction/options.ts';
import type { RedactionReport } from '../src-core/redaction/struck.ts';
import type { Type } from './contract.ts';
import { HeaderList } from './header-list.ts';

/** The part of the contract about exports and the collector that spans go to: see `contract.ts`. */
const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,80}$/));

/** Captures of one export. */
export const MOST_EXPORTED = 500;
/** Characters of the beginning of a result that are shown. */
export const PREVIEW_CHARACTERS = 64 * 1024;
/** Characters that are copied; a file may be of any size. */
export const MOST_COPIED = 16 * 1024 * 1024;

/** `otlp`: a span for a collector, which is sent and not saved. */
export const SHARE_FORMATS = [...EXPORT_FORMAT_IDS, 'otlp'] as const;
export type ShareFormat = (typeof SHARE_FORMATS)[number];

export const RedactionInput = v.object({
  secret: v.boolean(),
  organisation: v.boolean(),
  user: v.boolean(),
  email: v.boolean(),
  custom: v.pipe(
    v.array(
      v.object({
        kind: v.picklist(['text', 'regex']),
        pattern: v.pipe(v.string(), v.maxLength(LONGEST_CUSTOM)),
      }),
    ),
    v.maxLength(MOST_PATTERNS),
  ),
});
export type RedactionInput = v.InferOutput<typeof RedactionInput>;

/** What the dialog remembers. */
export const exportSettings = {
  exportFormat: v.optional(v.picklist(SHARE_FORMATS), 'bundle'),
  exportRedaction: v.optional(RedactionInput, { ...DEFAULT_REDACTION, custom: [] }),
  /** Whether spans hold messages and tools. */
  exportContent: v.optional(v.boolean(), false),
};

/** What is exported, and how. */
export const ExportJob = v.object({
  /** The page's name for what it asks: `exports.cancel` ends it, `exports.progress` tells of it. */
  job: id,
  format: v.picklist(SHARE_FORMATS),
  captures: v.pipe(v.array(id), v.minLength(1), v.maxLength(MOST_EXPORTED)),
  redaction: RedactionInput,
  content: v.boolean(),
});
export type ExportJob = v.InferOutput<typeof ExportJob>;

/** The beginning of a result. */
export interface ExportPreview {
  text: string;
  /** Whether that is all of it. */
  isWhole: boolean;
  /** The result is no text: `text` says what is in it. */
  isBinary: boolean;
}

/** What a result comes to. */
export interface ExportMeasure {
  /** Bytes of the file; of spans, of their texts. */
  bytes: number;
  report: RedactionReport;
}

/** How far an export is. */
export interface ExportProgress {
  job: string;
  /** Bytes of bodies that were read; a capture may be read several times. */
  read: number;
}

const collectorFields = {
  /** Empty where none is set. One without a path gets `/v1/traces`. */
  url: v.pipe(v.string(), v.maxLength(2000), v.regex(/^($|https?:\/\/)/i)),
  headers: HeaderList,
  protocol: v.picklist(['protobuf', 'json']),
  serviceName: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  timeoutMs: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(600_000)),
};
/** Where spans are sent. */
export const CollectorInput = v.object(collectorFields);
export type CollectorInput = v.InferOutput<typeof CollectorInput>;

/** What came of sending spans. */
export interface SentReport {
  sent: number;
  rejected: number;
  /** What the collector said, as sentences. */
  notes: string[];
  url: string;
}

const type = <T>(): Type<T> => ({});

export const exportCommands = {
  'exports.preview': { input: ExportJob, output: type<ExportPreview>() },
  /** Makes all of it and keeps none: how large it gets, and what is struck out. */
  'exports.measure': { input: ExportJob, output: type<ExportMeasure>() },
  /** Asks where to, and writes the file; null when the person cancels. */
  'exports.save': {
    input: ExportJob,
    output: type<{ path: string; bytes: number } | null>(),
  },
  /** Refused with `too-large` beyond `MOST_COPIED`, and for what is no text. */
  'exports.text': { input: ExportJob, output: type<{ text: string }>() },
  /** Sends a span for each capture to the collector. */
  'exports.send': { input: ExportJob, output: type<SentReport>() },
  /** Ends what a job does; it is refused with `canceled`. */
  'exports.cancel': { input: v.object({ job: id }), output: type<void>() },

  'collector.get': { input: v.undefined(), output: type<CollectorInput>() },
  /** Secrets go in and never come out. */
  'collector.save': { input: CollectorInput, output: type<CollectorInput>() },
} as const;
