import * as v from 'valibot';
import type { CaptureRun } from '../src-core/capture.ts';
import { MAX_SCHEMA_TEXT } from '../src-core/schema.ts';
import type { Type } from './contract.ts';

/** The part of the contract that tries schemas: see `contract.ts`. */
const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,80}$/));

/** Rows of a schema's table that one batch may add, and requests on their way at once. */
export const MOST_RUNS = 100;
export const MOST_AT_ONCE = 8;

const ordinal = v.pipe(v.number(), v.integer(), v.minValue(1));
/** Tries a version of a schema: the request as it is sent, and how often. */
export const RunStart = v.object({
  schema: id,
  version: ordinal,
  endpoint: id,
  body: v.pipe(v.string(), v.maxLength(4_000_000)),
  count: v.pipe(ordinal, v.maxValue(MOST_RUNS)),
  concurrency: v.pipe(ordinal, v.maxValue(MOST_AT_ONCE)),
  /**
   * What the built-in endpoint answers: what it makes from the schema (each run with the next seed), a
   * text, or a capture. Null for other endpoints, which know nothing of it.
   */
  plan: v.nullable(
    v.union([
      v.object({
        outcome: v.picklist(['valid', 'violation', 'refusal']),
        seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_147_483_647)),
      }),
      v.object({ instance: v.pipe(v.string(), v.maxLength(4_000_000)) }),
      v.object({ capture: id }),
    ]),
  ),
});
export type RunStart = v.InferOutput<typeof RunStart>;

/** Judges a capture by a schema without a request. */
export const RunCheck = v.object({
  capture: id,
  schema: id,
  version: ordinal,
  text: v.pipe(v.string(), v.maxLength(MAX_SCHEMA_TEXT)),
  kind: v.picklist(['format', 'tool']),
  name: v.pipe(v.string(), v.maxLength(200)),
});
export type RunCheck = v.InferOutput<typeof RunCheck>;

/** What the run bar holds for a schema. */
export const RunForm = v.object({
  prompt: v.pipe(v.string(), v.maxLength(100_000)),
  instructions: v.pipe(v.string(), v.maxLength(100_000)),
  count: v.pipe(ordinal, v.maxValue(MOST_RUNS)),
  concurrency: v.pipe(ordinal, v.maxValue(MOST_AT_ONCE)),
  endpoint: id,
  /** Of other endpoints than the built-in one. */
  model: v.pipe(v.string(), v.maxLength(200)),
  /** What the built-in endpoint answers. */
  outcome: v.picklist(['valid', 'violation', 'refusal', 'instance', 'capture']),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_147_483_647)),
  maxOutputTokens: v.nullable(v.pipe(ordinal, v.maxValue(10_000_000))),
  instance: v.pipe(v.string(), v.maxLength(500_000)),
  capture: v.nullable(id),
});
export type RunForm = v.InferOutput<typeof RunForm>;

/** What may be sent to other endpoints than the built-in one without being asked for. */
export const RunLimit = v.object({
  requests: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_RUNS)),
  tokens: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000)),
});

/** How far a batch of runs has come. */
export interface RunBatch {
  id: string;
  schema: string;
  count: number;
  sent: number;
  ended: number;
  /** The capture of the run that was sent last. */
  latest: string | null;
  running: boolean;
  /** Why fewer were sent than were asked for, or what failed; null where all is well. */
  message: string | null;
}

const type = <T>(): Type<T> => ({});

export const runCommands = {
  /** Sends the first requests of a batch; `runs.changed` tells of the rest. */
  'runs.start': { input: RunStart, output: type<RunBatch>() },
  'runs.stop': { input: v.object({ id }), output: type<void>() },
  'runs.running': { input: v.undefined(), output: type<RunBatch[]>() },
  /** Adds a row to the capture, which `captures.changed` tells of. */
  'runs.check': { input: RunCheck, output: type<CaptureRun>() },
  'runs.removeCheck': {
    input: v.object({ capture: id, schema: id, number: ordinal }),
    output: type<void>(),
  },
} as const;
