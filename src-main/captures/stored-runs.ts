import * as v from 'valibot';
import { type CaptureRun, RUN_VERDICTS } from '../../src-core/capture.ts';

/** Rows of checks that a capture keeps: the newest. */
export const MOST_CHECKS = 100;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const ordinal = v.pipe(v.number(), v.integer(), v.minValue(1));

const RunFactsFile = v.object({
  verdict: v.picklist(RUN_VERDICTS),
  pointer: v.nullable(v.string()),
  seq: v.nullable(count),
  certainSeq: v.nullable(count),
  schemaPath: v.nullable(v.string()),
  message: v.string(),
  errors: count,
  firstTextUs: v.nullable(v.number()),
  totalUs: v.nullable(v.number()),
  inputTokens: v.nullable(count),
  outputTokens: v.nullable(count),
});
const RunFile = v.object({
  kind: v.picklist(['run', 'check']),
  schema: v.string(),
  version: ordinal,
  number: ordinal,
  at: v.string(),
  endpoint: v.string(),
  model: v.string(),
  planned: v.nullable(v.picklist(['valid', 'violation', 'refusal', 'instance', 'capture'])),
  facts: v.nullable(RunFactsFile),
});

/** The run of a capture as stored; null where it has none, or what is there is none. */
export function readRun(stored: unknown): CaptureRun | null {
  const result = v.safeParse(RunFile, stored);
  return result.success ? result.output : null;
}

/** The rows of checks; damaged ones are left out. */
export function readChecks(stored: unknown): CaptureRun[] {
  if (!Array.isArray(stored)) return [];
  return stored
    .map(readRun)
    .filter((one) => one !== null)
    .slice(-MOST_CHECKS);
}
