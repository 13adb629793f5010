import * as v from 'valibot';
import { type Api, APIS, KEY_HEADERS, type KeyHeader } from '../src-core/apis.ts';
import type { CaptureMeta, CaptureSummary } from '../src-core/capture.ts';
import { COMPARE_TABS, LINKS, MOST_COMPARED } from '../src-core/compare/choices.ts';
import { DIALECTS } from '../src-core/dialects/dialect.ts';
import type { IndexBatch } from '../src-core/index/batch.ts';
import {
  MAX_SCHEMA_TEXT,
  SCHEMA_SOURCES,
  type SchemaAbout,
  type SchemaSummary,
} from '../src-core/schema.ts';
import type { CapturedSchema } from '../src-core/schema-sources/schemas-in.ts';
import { REQUEST_FORMS, REQUEST_LANGUAGES } from '../src-core/request-code/parts.ts';
import { TARGETS } from '../src-core/strict-schema/targets.ts';
import { TYPE_LANGUAGES, type TypeCode } from '../src-core/type-code/languages.ts';
import { exportCommands, type ExportProgress, exportSettings } from './export-contract.ts';
import { HeaderList } from './header-list.ts';
import { MENU_COMMANDS, type MenuCommand } from './menu-commands.ts';
import { faultCommands } from './fault-contract.ts';
import { type RunBatch, runCommands, RunForm, RunLimit } from './run-contract.ts';
import { serverCommands, type ServerState } from './server-contract.ts';

/**
 * The contract between the processes. A command is a name, the schema of its input and the type of
 * its reply; the preload makes a function of each, main must handle each, and inputs are validated
 * in main with the schema that stands here. Events go the other way, from main to the page.
 */

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,80}$/));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const none = v.undefined();

/** What a person may write over in an endpoint. The key is no part of it: see `endpoints.setKey`. */
export const EndpointInput = v.object({
  id: v.optional(id),
  name,
  /** What is spoken there. Endpoints of before have none. */
  api: v.optional(v.picklist(APIS), 'responses'),
  /** Requests go to the API's path after it: `API_FACTS`. */
  baseUrl: v.pipe(v.string(), v.url(), v.regex(/^https?:\/\//), v.maxLength(2000)),
  headers: HeaderList,
  keyHeader: v.picklist(KEY_HEADERS),
});
export type EndpointInput = v.InferOutput<typeof EndpointInput>;

export interface Endpoint {
  id: string;
  name: string;
  api: Api;
  baseUrl: string;
  /** A secret value is `•••` where main has it, and empty where it has none. */
  headers: [string, string][];
  keyHeader: KeyHeader;
  /** Models that it is known to serve; empty where nothing is known. */
  models: string[];
  /** The replay server of the app itself: always there, not editable, needs no key. */
  builtIn: boolean;
  /** Whether main has a key for it, and whether it outlives the session. */
  key: 'none' | 'memory' | 'encrypted';
}

/** The id of a rule that problems are told by: `F4`, `carriage-return`. */
export const RuleId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.-]{1,60}$/));
/** Rules that a list of silenced ones holds. There are about a hundred. */
export const MOST_SILENCED = 500;
/** What a person has a capture read as, and whose known deviations are notes. */
export const DialectChoice = v.picklist(DIALECTS);
export const ProfileId = v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,40}$/));
const Silenced = v.pipe(v.array(RuleId), v.maxLength(MOST_SILENCED));

const draft = v.pipe(v.string(), v.maxLength(4_000_000));

/** What is kept of the window between starts. Every field has a default. */
export const Settings = v.object({
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  lastCapture: v.optional(v.nullable(id), null),
  endpoint: v.optional(id, 'built-in'),
  view: v.optional(
    v.picklist(['captures', 'compose', 'schemas', 'servers', 'compare', 'settings']),
    'captures',
  ),
  speed: v.optional(v.pipe(v.string(), v.maxLength(10)), '1'),
  outputView: v.optional(v.picklist(['document', 'text', 'tree']), 'document'),
  /** Whether the Output draws what comes after the playhead, and lists the fields below. */
  outputAhead: v.optional(v.boolean(), true),
  outputFields: v.optional(v.boolean(), true),
  detailTab: v.optional(v.picklist(['event', 'output', 'snapshot']), 'output'),
  drawerOpen: v.optional(v.boolean(), true),
  drawerTab: v.optional(
    v.picklist(['problems', 'latency', 'watch', 'breakpoints', 'bookmarks']),
    'problems',
  ),
  /** Rules whose problems are told of in no capture. */
  silencedRules: v.optional(Silenced, []),
  /** Whether the Problems tab has a row a rule. */
  problemsGrouped: v.optional(v.boolean(), false),
  /** What the times of the event list count from: the request, the event before, the mark, midnight. */
  timeColumn: v.optional(v.picklist(['request', 'previous', 'mark', 'clock']), 'request'),
  /** Whether the snapshot's changes are listed above it. */
  differenceOpen: v.optional(v.boolean(), true),
  /** A gap between deltas of at least so many milliseconds is a stall. */
  stallMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(600_000)), 250),
  /** Pane sizes in CSS pixels by name. */
  sizes: v.optional(
    v.record(
      v.pipe(v.string(), v.maxLength(40)),
      v.pipe(v.number(), v.minValue(0), v.maxValue(10_000)),
    ),
    {},
  ),
  /** The schema that was open last, and the line at the top of its text. */
  lastSchema: v.optional(v.nullable(id), null),
  schemaLine: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
  /** The panes of the Schemas view that show: ids of `src-renderer/schemas/panes.ts`. */
  schemaPanes: v.optional(
    v.record(v.pipe(v.string(), v.maxLength(20)), v.pipe(v.string(), v.maxLength(40))),
    {},
  ),
  /** What types of a schema are written in, and whether what they lose stands above them. */
  typeLanguage: v.optional(v.picklist(TYPE_LANGUAGES), 'typescript'),
  typeComment: v.optional(v.boolean(), false),
  /** What the request that tries a schema is written in, and in which API's form. */
  requestLanguage: v.optional(v.picklist(REQUEST_LANGUAGES), 'curl'),
  requestForm: v.optional(v.picklist(REQUEST_FORMS), 'responses'),
  /** Whose rules the schema of a request is held to. */
  schemaTarget: v.optional(v.picklist(TARGETS), 'openai'),
  /** What the Compare view shows; the choices of captures are ids. */
  compare: v.optional(
    v.object({
      a: v.optional(v.nullable(id), null),
      b: v.optional(v.nullable(id), null),
      /** Further captures of the table. */
      others: v.optional(v.pipe(v.array(id), v.maxLength(MOST_COMPARED - 2)), []),
      tab: v.optional(v.picklist(COMPARE_TABS), 'events'),
      /** Whether moving one playhead moves the other, and what keeps them together. */
      linked: v.optional(v.boolean(), true),
      link: v.optional(v.picklist(LINKS), 'event'),
      /** What stands below the events, of each side's playhead. */
      detail: v.optional(v.picklist(['output', 'event', 'snapshot']), 'output'),
      onlyDifferent: v.optional(v.boolean(), false),
      /** Whether what differs in every run (ids, times, usage) is listed as well. */
      all: v.optional(v.boolean(), false),
    }),
    {},
  ),
  /** What the run bar holds, by schema; the one that was changed last is the last. */
  runForms: v.optional(v.record(id, RunForm), {}),
  runLimit: v.optional(RunLimit, { requests: 10, tokens: 50_000 }),
  /** The server whose details show, and the client that its lines are for. */
  server: v.optional(id, 'built-in'),
  clientLines: v.optional(v.pipe(v.string(), v.maxLength(40)), 'Shell'),
  ...exportSettings,
  /** The drafts of the compose view, one for each API: request bodies as JSON text. */
  draft: v.optional(draft, ''),
  chatDraft: v.optional(draft, ''),
  messagesDraft: v.optional(draft, ''),
});
export type Settings = v.InferOutput<typeof Settings>;
export const SettingsPatch = v.partial(Settings);

/** Bookmarks that a capture keeps. */
export const MOST_BOOKMARKS = 10_000;
/** A bookmark of a capture. */
export const BookmarkInput = v.object({
  seq: v.pipe(v.number(), v.integer(), v.minValue(0)),
  note: v.pipe(v.string(), v.maxLength(2000)),
});

/** The workspace's lists are replaced as a whole: entries of each, and characters of a query. */
export const MOST_ENTRIES = 500;
export const MAX_QUERY = 4000;

const query = v.pipe(v.string(), v.maxLength(MAX_QUERY));
const listed = <Item extends v.GenericSchema>(item: Item) =>
  v.optional(v.pipe(v.array(item), v.maxLength(MOST_ENTRIES)), []);
/**
 * The colours that a rule may give to events: `--rule-...` in the theme. New rules get them in this
 * order; blue is last, being close to the tint of the selected row.
 */
export const RULE_COLORS = ['red', 'orange', 'yellow', 'green', 'purple', 'blue'] as const;

/** What each list of the workspace holds. An id is there once. */
export const WorkspaceEntry = {
  breakpoints: v.object({
    id,
    query,
    enabled: v.boolean(),
    /** How often it has stopped the replay or the following of a live stream. */
    hits: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  /** A JSON pointer or JSONPath into the snapshot, or `lane:0/0`. */
  watches: v.object({ id, expression: query }),
  filters: v.object({ id, name, query }),
  colorRules: v.object({ id, query, color: v.picklist(RULE_COLORS), enabled: v.boolean() }),
};
/**
 * What a person set up to debug with, whatever capture is open. Queries are of the filter language;
 * one that can't be read is kept, so that it can be mended. Every field has a default.
 */
export const Workspace = v.object({
  breakpoints: listed(WorkspaceEntry.breakpoints),
  watches: listed(WorkspaceEntry.watches),
  filters: listed(WorkspaceEntry.filters),
  colorRules: listed(WorkspaceEntry.colorRules),
});
export type Workspace = v.InferOutput<typeof Workspace>;
export type Breakpoint = Workspace['breakpoints'][number];
export type Watch = Workspace['watches'][number];
export type SavedFilter = Workspace['filters'][number];
export type ColorRule = Workspace['colorRules'][number];
export const WorkspacePatch = v.partial(Workspace);

export interface AppInfo {
  version: string;
  electron: string;
  chrome: string;
  platform: string;
  /** Whether keys are encrypted by the system; if not they stay in memory. */
  encryption: boolean;
  /** Where captures are kept. */
  dataFolder: string;
}

/** The state of the replay server as the Servers view shows it. */
export interface ReplayServerState {
  running: boolean;
  /** `http://127.0.0.1:PORT/v1`, null while stopped. */
  url: string | null;
  speed: number | 'instant';
  error: string | null;
  /** Newest last, at most 200. */
  log: ReplayServerEntry[];
}
export interface ReplayServerEntry {
  at: string;
  method: string;
  path: string;
  status: number;
  /** What was served, or why nothing was. */
  note: string;
}

const schemaFacts = {
  /** As it is typed: rule S26 says what is wrong with it, nothing refuses it. */
  name: v.pipe(v.string(), v.maxLength(200)),
  description: v.pipe(v.string(), v.maxLength(20_000)),
  strict: v.boolean(),
  kind: v.picklist(['format', 'tool']),
};
const schemaText = v.pipe(v.string(), v.maxLength(MAX_SCHEMA_TEXT));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const note = v.pipe(v.string(), v.trim(), v.maxLength(200));

/** A schema of the library as it is opened. Texts have line feeds only. */
export interface OpenedSchema {
  about: SchemaAbout;
  /** The working text: as it was written last, JSON or not. */
  text: string;
  /** The newest text that is JSON; null where there is none. */
  good: string | null;
  /** The text of the newest version; null where there is none. */
  saved: string | null;
  /** `revisionOf` the texts on disk: `schemas.save` wants it, to write over nothing that the page does not know. */
  revision: string;
}

/** What a validator says of a whole document. */
export interface WholeVerdict {
  valid: boolean;
  /** At most 200. */
  errors: { pointer: string; schemaPath: string; keyword: string; message: string }[];
  errorCount: number;
}

/** The request that a cURL command makes. Its keys are in none of this. */
export interface CommandRequest {
  endpoint: Endpoint;
  /** Pretty where it is JSON; `''` where the command has none that can be read. */
  body: string;
  /** What was left out of it, as sentences. */
  notes: string[];
  /** Whether the endpoint, or its key, was not there before: what undoing takes away. */
  isNew: boolean;
  setsKey: boolean;
}

/** What came of an import. */
export interface ImportReport {
  /** The new captures; of a file with several, in its order. */
  captures: string[];
  /** The first one of the last file; null where there is none. */
  select: string | null;
  /** What could not be read, and what was left out. */
  notices: { severity: 'error' | 'warning' | 'note'; message: string }[];
  /** Of a file that is a cURL command. */
  request: CommandRequest | null;
}

/** How far an import is that takes a while. */
export interface ImportProgress {
  id: string;
  name: string;
  /** From 0 to 1; null once it is over. */
  fraction: number | null;
  /** "Reading", "Unpacking" */
  doing: string;
}

/** One file of a drop or paste, sent in pieces so that no message is large. */
const bytes = v.pipe(
  v.instance(Uint8Array),
  v.check((piece) => piece.byteLength <= 8 * 1024 * 1024, 'a piece holds at most 8 MiB'),
);

export const commands = {
  'app.info': { input: none, output: type<AppInfo>() },
  'settings.get': { input: none, output: type<Settings>() },
  'settings.set': { input: SettingsPatch, output: type<Settings>() },

  'workspace.get': { input: none, output: type<Workspace>() },
  'workspace.set': { input: WorkspacePatch, output: type<Workspace>() },

  'captures.list': { input: none, output: type<CaptureSummary[]>() },
  'captures.meta': { input: v.object({ id }), output: type<CaptureMeta>() },
  /** Starts a feed of `captures.batch` events, from the first byte to the end or on with a live one. */
  'captures.open': {
    input: v.object({ id }),
    output: type<{ subscription: number; meta: CaptureMeta }>(),
  },
  /** The schemas that it was asked for with: see `schemasOfCapture`. */
  'captures.schemas': { input: v.object({ id }), output: type<CapturedSchema[]>() },
  'captures.ack': {
    input: v.object({ subscription: v.number(), number: v.number() }),
    output: type<void>(),
  },
  'captures.close': { input: v.object({ subscription: v.number() }), output: type<void>() },
  'captures.rename': { input: v.object({ id, name }), output: type<CaptureSummary>() },
  /** Replaces the bookmarks of a capture. */
  'captures.setBookmarks': {
    input: v.object({ id, bookmarks: v.pipe(v.array(BookmarkInput), v.maxLength(MOST_BOOKMARKS)) }),
    output: type<void>(),
  },
  /** Replaces the rules that are silenced in a capture. */
  'captures.setSilenced': { input: v.object({ id, rules: Silenced }), output: type<void>() },
  /**
   * Has a capture read as a dialect; null: as its events say. A feed that is open goes on as it is: open
   * another one.
   */
  'captures.setDialect': {
    input: v.object({ id, dialect: v.nullable(DialectChoice) }),
    output: type<void>(),
  },
  /** Has a capture judged by a profile; null: by the one that is recognised. */
  'captures.setProfile': {
    input: v.object({ id, profile: v.nullable(ProfileId) }),
    output: type<void>(),
  },
  /** Moves it to the trash folder, from where `captures.restore` brings it back. */
  'captures.delete': { input: v.object({ id }), output: type<void>() },
  'captures.restore': { input: v.object({ id }), output: type<CaptureSummary>() },
  /** Shows the file dialog, and imports what is chosen. */
  'captures.openDialog': { input: none, output: type<ImportReport>() },
  'captures.importStart': {
    input: v.object({ name, kind: v.picklist(['file', 'paste']) }),
    output: type<{ id: string }>(),
  },
  'captures.importPiece': { input: v.object({ id, bytes }), output: type<void>() },
  /** All is here: what it is gets recognised and becomes captures. */
  'captures.importEnd': { input: v.object({ id }), output: type<ImportReport>() },
  /** Nothing is kept of what has arrived. */
  'captures.importDiscard': { input: v.object({ id }), output: type<void>() },
  /** Stops an import that `captures.importProgress` told of. */
  'captures.importCancel': { input: v.object({ id }), output: type<void>() },
  /** Shows the capture's folder in the system's file manager. */
  'captures.reveal': { input: v.object({ id }), output: type<void>() },

  'endpoints.list': { input: none, output: type<Endpoint[]>() },
  'endpoints.save': { input: EndpointInput, output: type<Endpoint>() },
  'endpoints.delete': { input: v.object({ id }), output: type<void>() },
  /** The key goes in and never comes out. */
  'endpoints.setKey': {
    input: v.object({
      id,
      key: v.pipe(
        v.string(),
        v.trim(),
        v.minLength(1),
        v.maxLength(4000),
        v.regex(/^[\x21-\x7e]+$/),
      ),
    }),
    output: type<Endpoint>(),
  },
  /** Makes a request of a cURL command. Its keys stay in main; the page has only the text it was given. */
  'endpoints.fromCommand': {
    input: v.object({ text: v.pipe(v.string(), v.maxLength(1_000_000)) }),
    output: type<CommandRequest>(),
  },
  'endpoints.clearKey': { input: v.object({ id }), output: type<Endpoint>() },

  /** Sends `POST {baseUrl}{path of its API}` with `stream: true`; the capture exists when this returns. */
  'requests.send': {
    input: v.object({ endpoint: id, body: v.pipe(v.string(), v.maxLength(16_000_000)) }),
    output: type<{ id: string }>(),
  },
  'requests.stop': { input: v.object({ id }), output: type<void>() },

  /** The library: the schema that was changed last comes first. */
  'schemas.list': { input: none, output: type<SchemaSummary[]>() },
  'schemas.open': { input: v.object({ id }), output: type<OpenedSchema>() },
  /** Makes a schema, whose text need not be JSON; it gets version 1 with that note where it is. */
  'schemas.create': {
    input: v.object({
      ...schemaFacts,
      text: schemaText,
      source: v.object({
        kind: v.picklist(SCHEMA_SOURCES),
        detail: v.pipe(v.string(), v.maxLength(1000)),
        capture: v.optional(v.object({ id, pointer: v.pipe(v.string(), v.maxLength(1000)) })),
      }),
      note,
    }),
    output: type<SchemaSummary>(),
  },
  /**
   * Writes the working text. Refused with `changed-outside` where the texts on disk are not those that
   * `revision` names; null writes over whatever is there. Gives the new revision.
   */
  'schemas.save': {
    input: v.object({ id, text: schemaText, revision: v.nullable(v.string()) }),
    output: type<{ revision: string }>(),
  },
  /**
   * Keeps a text as a draft beside what is on disk, where that was changed by something else or is gone:
   * the person has not chosen yet.
   */
  'schemas.keepDraft': { input: v.object({ id, text: schemaText }), output: type<void>() },
  /** Changes fields of what is known of a schema; those that are left out stay. */
  'schemas.describe': {
    input: v.object({
      id,
      patch: v.partial(
        v.object({
          ...schemaFacts,
          target: v.nullable(v.picklist(TARGETS)),
          problems: v.nullable(v.object({ errors: count, warnings: count })),
        }),
      ),
    }),
    output: type<SchemaAbout>(),
  },
  /**
   * Saves the working text as a version. Where it is the newest version already, nothing is made, and
   * `isNew` is false. Refused with `not-json`, and with `changed-outside` where the text is not the one that
   * `revision` names.
   */
  'schemas.saveVersion': {
    input: v.object({ id, note, revision: v.nullable(v.string()) }),
    output: type<{ number: number; about: SchemaAbout; isNew: boolean }>(),
  },
  'schemas.versionText': {
    input: v.object({ id, number: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    output: type<string>(),
  },
  'schemas.duplicate': { input: v.object({ id }), output: type<SchemaSummary>() },
  /** Moves it to the trash folder, from where `schemas.restore` brings it back. */
  'schemas.delete': { input: v.object({ id }), output: type<void>() },
  'schemas.restore': { input: v.object({ id }), output: type<SchemaSummary>() },
  /** Shows the schema's folder in the system's file manager. */
  'schemas.reveal': { input: v.object({ id }), output: type<void>() },
  /**
   * Judges a whole JSON text by its schema, which is given as it came. Refused where the schema can't be
   * used, or where it takes too long.
   */
  'schemas.validate': {
    input: v.object({
      schema: v.pipe(v.string(), v.maxLength(2_000_000)),
      text: v.pipe(v.string(), v.maxLength(16_000_000)),
    }),
    output: type<WholeVerdict>(),
  },

  ...runCommands,

  /**
   * Types of a schema in a language, and what of it they leave unchecked. Refused where the text is no
   * JSON, where it refers to what is elsewhere, and where no types can be made of it.
   */
  'schemas.types': {
    input: v.object({
      schema: schemaText,
      name: v.pipe(v.string(), v.maxLength(200)),
      language: v.picklist(TYPE_LANGUAGES),
    }),
    output: type<TypeCode>(),
  },

  /** Asks where to save a text, and writes it; the file's path, null when the person cancels. */
  'files.save': {
    input: v.object({
      /** The name to begin with, without a folder. */
      name: v.pipe(v.string(), v.minLength(1), v.maxLength(200), v.regex(/^[^/\\\0]+$/)),
      text: v.pipe(v.string(), v.maxLength(16_000_000)),
    }),
    output: type<{ path: string } | null>(),
  },

  ...serverCommands,
  ...faultCommands,

  ...exportCommands,

  'replayServer.state': { input: none, output: type<ReplayServerState>() },
  'replayServer.start': { input: none, output: type<ReplayServerState>() },
  'replayServer.stop': { input: none, output: type<ReplayServerState>() },
  'replayServer.setSpeed': {
    input: v.object({
      speed: v.union([
        v.literal('instant'),
        v.pipe(v.number(), v.minValue(0.01), v.maxValue(1000)),
      ]),
    }),
    output: type<ReplayServerState>(),
  },
} as const satisfies Record<string, CommandSpec>;

/** What main tells the page. */
export interface Events {
  /** At most four are unacknowledged; `number` counts from 0 within a subscription. */
  'captures.batch': CaptureBatch;
  /** The list changed; `select` names a capture that the window should show now. */
  'captures.changed': { captures: CaptureSummary[]; select: string | null };
  'captures.importProgress': ImportProgress;
  /** What the command line, or the system, gave to open was imported. */
  'captures.imported': ImportReport;
  /** The library is another: a schema was made, changed, deleted or restored. */
  'schemas.changed': { schemas: SchemaSummary[] };
  'replayServer.changed': ReplayServerState;
  /** All of them; at most every 100 ms. */
  'servers.changed': { servers: ServerState[] };
  'runs.changed': RunBatch;
  /** At most every 100 ms while an export reads. */
  'exports.progress': ExportProgress;
  /** A command of the application menu. */
  'menu.command': { command: MenuCommand };
  /** Something main has to say that belongs to no call: a file that can't be read. */
  'app.notice': { severity: 'error' | 'warning' | 'note'; message: string };
}
export const EVENT_NAMES = [
  'captures.batch',
  'captures.changed',
  'captures.importProgress',
  'captures.imported',
  'schemas.changed',
  'replayServer.changed',
  'servers.changed',
  'runs.changed',
  'exports.progress',
  'menu.command',
  'app.notice',
] as const satisfies readonly (keyof Events)[];

/** Limits of a feed: see `ARCHITECTURE.md`, "From bytes to pixels". */
export const FEED_LIMITS = {
  maxBatchBytes: 256 * 1024,
  flushMs: 16,
  maxInFlight: 4,
  /** A capture's bytes are in the page's memory while it is open; what lies beyond is not shown. */
  maxCaptureBytes: 512 * 1024 * 1024,
} as const;

export interface CaptureBatch {
  subscription: number;
  number: number;
  index: IndexBatch;
  /** The bytes that came with it, `firstByte` being their offset in the body. */
  bytes: Uint8Array;
  firstByte: number;
  /** Sent with the first batch and whenever it changes. */
  meta: CaptureMeta | null;
  /** The last batch of the feed: `meta.end` is set. */
  last: boolean;
}

export { MENU_COMMANDS, type MenuCommand };

export interface CommandSpec {
  input: v.GenericSchema;
  output: Type<unknown>;
}
/** A type carried by a value that is never read: outputs come from main, which is trusted. */
export interface Type<T> {
  readonly type?: T;
}
function type<T>(): Type<T> {
  return {};
}

export type CommandName = keyof typeof commands;
export type CommandInput<Name extends CommandName> = v.InferOutput<
  (typeof commands)[Name]['input']
>;
export type CommandOutput<Name extends CommandName> =
  (typeof commands)[Name]['output'] extends Type<infer T> ? T : never;

/** Every reply. Electron keeps only an error's message, so failures travel as values. */
export type Reply<T> =
  { ok: true; value: T } | { ok: false; code: string; message: string; detail: string };

/** One handler a command: a missing one does not compile. */
export type Handlers = {
  [Name in CommandName]: (
    input: CommandInput<Name>,
  ) => CommandOutput<Name> | Promise<CommandOutput<Name>>;
};

/**
 * The page's side: `api.captures.open(input)` for the command `captures.open`, and `api.on`.
 * Failed replies arrive as values; `src-renderer/api.ts` turns them into errors.
 */
export type PageApi = {
  [Group in CommandGroup]: {
    [Name in CommandName as Name extends `${Group}.${infer Verb}` ? Verb : never]: (
      ...input: undefined extends CommandInput<Name> ? [] : [CommandInput<Name>]
    ) => Promise<Reply<CommandOutput<Name>>>;
  };
} & {
  /** Returns the function that ends the subscription. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void;
};
type CommandGroup = CommandName extends `${infer Group}.${string}` ? Group : never;
