/** Reads what schemas are made of, off the interface's thread: files may have megabytes. */
import { inferSchema } from '../../../src-core/schema-inference/infer.ts';
import { type ApiListing, listApiSchemas } from '../../../src-core/schema-sources/api-listing.ts';
import { takeApiSchema } from '../../../src-core/schema-sources/api-schema.ts';
import { schemasOfFile } from '../../../src-core/schema-sources/schema-file.ts';
import type { JsonFault } from '../../../src-core/json-text.ts';
import type { LintOptions } from '../../../src-core/strict-schema/finding.ts';
import { fixAll } from '../../../src-core/strict-schema/fixing.ts';
import { lintSchema } from '../../../src-core/strict-schema/lint.ts';
import { withEdits } from '../../../src-core/strict-schema/tree-text.ts';
import { type ApiText, readApiText } from './api-text.ts';

/** What strict mode says of a text, and what quick fixes would make of it. */
export interface Judgement {
  fault: JsonFault | null;
  errors: number;
  warnings: number;
  /** The text after Fix all; how many findings that mends, and how many errors it leaves. */
  fixed: string;
  fixCount: number;
  errorsLeft: number;
  warningsLeft: number;
}

let api: ApiText | null = null;

const JOBS = {
  file: ({ text, name }: { text: string; name: string }) => schemasOfFile(text, name),
  infer: ({
    text,
    enums,
    elements,
  }: {
    text: string;
    enums: boolean;
    elements?: boolean | undefined;
  }) => inferSchema(text, { enums, elements }),
  api: ({ text }: { text: string }): { listing: ApiListing | null; fault: JsonFault | null } => {
    api = readApiText(text);
    return api.root
      ? { listing: listApiSchemas(api.root), fault: null }
      : { listing: null, fault: api.fault };
  },
  take: ({ pointer }: { pointer: string }) =>
    api?.root ? takeApiSchema(api.root, pointer, api.source) : { text: '', remarks: [] },
  judge: ({ text, options }: { text: string; options: LintOptions }) => judge(text, options),
};
export type Jobs = typeof JOBS;

export interface JobRequest {
  number: number;
  job: keyof Jobs;
  input: never;
}
export interface JobReply {
  number: number;
  value?: unknown;
  failure?: string;
}

function judge(text: string, options: LintOptions): Judgement {
  const count = (of: string) => {
    const { findings, fault } = lintSchema(of, options);
    const all = (severity: string) => findings.filter((one) => one.severity === severity).length;
    return { errors: all('error'), warnings: all('warning'), fault };
  };
  const before = count(text);
  const { edits, count: fixCount } = fixAll(text, options);
  const fixed = withEdits(text, edits);
  const after = fixCount > 0 ? count(fixed) : before;
  return { ...before, fixed, fixCount, errorsLeft: after.errors, warningsLeft: after.warnings };
}

self.onmessage = ({ data: { number, job, input } }: MessageEvent<JobRequest>) => {
  let reply: JobReply;
  try {
    reply = { number, value: JOBS[job](input) };
  } catch (error) {
    reply = { number, failure: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(reply);
};
