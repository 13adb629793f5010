import * as v from 'valibot';
import type { Type } from './contract.ts';
import { FaultListInput } from './fault-contract.ts';
import { PaceInput } from './pace-input.ts';

/** The part of the contract about recording proxies and replay servers: see `contract.ts`. */
const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,80}$/));
const none = v.undefined();
const url = v.pipe(v.string(), v.url(), v.regex(/^https?:\/\//), v.maxLength(2000));
/** The most servers, and captures of a set. */
export const MOST_SERVERS = 50;
export const MOST_SERVED = 2000;

const common = {
  id,
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  /** 0 takes a free one at each start. */
  port: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)),
};

export const MatchingInput = v.object({
  method: v.boolean(),
  path: v.boolean(),
  model: v.boolean(),
  body: v.picklist(['any', 'exact', 'fields']),
  fields: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^(\/[\s\S]*)?$/), v.maxLength(1000))),
    v.maxLength(100),
  ),
  choice: v.picklist(['first', 'calls', 'turn']),
});

/** How a server is set up. What is changed counts for requests that come after. */
export const ServerConfig = v.variant('kind', [
  v.object({
    ...common,
    kind: v.literal('proxy'),
    /** Paths of requests are put after its own path. */
    upstream: url,
    /** The endpoint whose key and headers main adds; null: the client's own pass through. */
    keyOf: v.nullable(id),
    /** Whether the window opens new captures while a person follows them: those of requests that may stream. */
    show: v.boolean(),
  }),
  v.object({
    ...common,
    kind: v.literal('replay'),
    serves: v.variant('kind', [
      v.object({
        kind: v.literal('captures'),
        ids: v.pipe(v.array(id), v.maxLength(MOST_SERVED)),
      }),
      v.object({ kind: v.literal('folder'), path: v.pipe(v.string(), v.maxLength(4000)) }),
    ]),
    matching: MatchingInput,
    pace: PaceInput,
    faults: v.nullable(FaultListInput),
    /** What is not matched goes there, and is recorded and served from then on; null: it gets a 404. */
    recordFrom: v.nullable(url),
  }),
]);
export type ServerConfig = v.InferOutput<typeof ServerConfig>;
export type ProxyConfig = Extract<ServerConfig, { kind: 'proxy' }>;
export type ReplayConfig = Extract<ServerConfig, { kind: 'replay' }>;

/** A request that a server got. */
export interface ServerLogEntry {
  /** Counts from 1 within the server. */
  number: number;
  /** ISO 8601 */
  at: string;
  method: string;
  path: string;
  /** 0 where none was sent. */
  status: number;
  /** The capture that was served or made; null for neither. */
  capture: string | null;
  /** What was served, or why nothing was. */
  note: string;
  /** Of a replay server: what each capture of the set lacked, the nearest first; at most 20. */
  misses: { capture: string; reason: string }[];
}

/** A stream of a replay server by hand that waits for a step. */
export interface WaitingStream {
  /** The log entry's number. */
  number: number;
  capture: string;
  /** Events and chunks that have left, and that there are. */
  events: number;
  allEvents: number;
  chunks: number;
  allChunks: number;
  /** The beginning of the event that is next, as it stands in the body; '' where none is. */
  next: string;
}

export interface ServerState {
  config: ServerConfig;
  running: boolean;
  /** `http://127.0.0.1:PORT`, null while it is stopped. */
  url: string | null;
  /** Why it does not run, or what it can't serve; null where all is well. */
  error: string | null;
  /** Newest last, at most 200. */
  log: ServerLogEntry[];
  /** Streams and requests that are open. */
  open: number;
  waiting: WaitingStream[];
}

const type = <T>(): Type<T> => ({});

export const serverCommands = {
  'servers.list': { input: none, output: type<ServerState[]>() },
  /** Makes it, or changes the one of that id. */
  'servers.save': { input: ServerConfig, output: type<ServerState>() },
  /** Stops it first. */
  'servers.delete': { input: v.object({ id }), output: type<void>() },
  /** A server that can't start says so in its state. */
  'servers.start': { input: v.object({ id }), output: type<ServerState>() },
  /** Open streams are cut. */
  'servers.stop': { input: v.object({ id }), output: type<ServerState>() },
  'servers.clearLog': { input: v.object({ id }), output: type<ServerState>() },
  /** Lets a stream that waits go on: by an event, by a chunk, or to its end. */
  'servers.step': {
    input: v.object({ id, number: v.number(), by: v.picklist(['event', 'chunk', 'run']) }),
    output: type<void>(),
  },
  /** Shows the dialog for a folder; null when the person cancels. */
  'servers.chooseFolder': { input: none, output: type<{ path: string } | null>() },
} as const;
