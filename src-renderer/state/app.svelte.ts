import { createContext } from 'svelte';
import type { Api } from '../../src-core/apis.ts';
import type { CaptureSummary } from '../../src-core/capture.ts';
import type { AppInfo, Endpoint, ReplayServerState, Settings } from '../../src-ipc/contract.ts';
import { api } from '../api.ts';
import { Comparing } from '../compare/comparing.svelte.ts';
import { Exports } from '../export/exports.svelte.ts';
import { Silencing } from '../problems/silencing.svelte.ts';
import { Reading } from '../problems/reading.ts';
import { Runs } from '../runs/runs.svelte.ts';
import { Workbench } from '../schemas/workbench.svelte.ts';
import { Bookmarks } from './bookmarks.svelte.ts';
import type { Boot } from './boot.ts';
import { BreakpointList } from './breakpoint-list.svelte.ts';
import { CaptureView } from './capture-view.svelte.ts';
import { ColorRules } from './color-rules.svelte.ts';
import { Compose } from './compose.svelte.ts';
import { Feed } from './feed.ts';
import { Imports } from './imports.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { type Speed, SPEEDS } from './playhead.svelte.ts';
import { SavedFilters } from './saved-filters.svelte.ts';
import { Servers } from './servers.svelte.ts';
import { Session } from './session.svelte.ts';
import { SettingsState } from './settings.svelte.ts';
import { Undo } from './undo.svelte.ts';
import { WatchList } from './watch-list.svelte.ts';
import { WorkspaceState } from './workspace.svelte.ts';

export type ViewName = Settings['view'];

export type { Session };

/** The state of the window. One is made at start; components get it from context. */
export class AppState {
  readonly info: AppInfo;
  readonly notices = new Notices();
  readonly bookmarks = new Bookmarks(this);
  readonly settings: SettingsState;
  readonly workspace: WorkspaceState;
  readonly undo = new Undo(this.notices);
  /** Rules that nobody is to be told of. */
  readonly silencing: Silencing;
  /** What the open capture is read as. */
  readonly reading = new Reading(this);
  readonly breakpoints: BreakpointList;
  readonly savedFilters: SavedFilters;
  readonly colorRules: ColorRules;
  readonly watches: WatchList;
  readonly imports = new Imports(this);
  readonly exports = new Exports(this);
  readonly #drafts: Readonly<Record<Api, Compose>>;
  /** The library of schemas, and the one that is worked on. */
  readonly workbench: Workbench;
  /** Trying that schema. */
  readonly runs: Runs;
  /** Recording proxies and replay servers, other than the built-in one. */
  readonly servers: Servers;
  /** Two captures side by side. */
  readonly comparing: Comparing;
  readonly #feed: Feed;
  /** The event that is to be looked at once its capture is open. */
  #goal: { id: string; seq: number } | null = null;
  /** What the capture that is read again was looked at with. */
  #before: Session | null = null;
  #captures = $state.raw<CaptureSummary[]>([]);
  #endpoints = $state.raw<Endpoint[]>([]);
  #replayServer = $state.raw<ReplayServerState>(null!);
  #session = $state.raw<Session | null>(null);
  #opening = $state<string | null>(null);
  overlay = $state<'palette' | 'keys' | 'paste' | 'colors' | 'export' | null>(null);
  /** The capture whose name is being edited in the list. */
  renaming = $state<string | null>(null);

  constructor(start: Boot) {
    this.info = start.info;
    this.#captures = start.captures;
    this.#endpoints = start.endpoints;
    this.#replayServer = start.replayServer;
    const onError = (error: unknown) => this.notices.error(error);
    this.settings = new SettingsState(start.settings, onError);
    this.workspace = new WorkspaceState(start.workspace, onError);
    this.silencing = new Silencing(this);
    this.breakpoints = new BreakpointList(this);
    this.savedFilters = new SavedFilters(this);
    this.colorRules = new ColorRules(this.workspace, this.notices);
    this.watches = new WatchList(this);
    this.#drafts = {
      responses: new Compose(this.settings, 'responses'),
      chat: new Compose(this.settings, 'chat'),
      messages: new Compose(this.settings, 'messages'),
    };
    this.workbench = new Workbench(this, start.schemas);
    this.workbench.listen();
    this.runs = new Runs(this, start.batches);
    this.servers = new Servers(this, start.servers);
    this.comparing = new Comparing(this);
    this.#feed = new Feed(onError, (view) => this.#readAgain(view));
    const first =
      this.captures.find((one) => one.id === start.settings.lastCapture) ??
      this.captures.find((one) => one.name === 'person.sse') ??
      this.captures[0];
    if (first) this.open(first.id);
    start.inbox.deliver({
      'captures.changed': ({ captures, select }) => {
        this.#captures = captures;
        if (select && this.#gives(select)) this.open(select);
        else if (this.#session && !captures.some((one) => one.id === this.#session?.view.id))
          this.#close();
      },
      'captures.importProgress': (progress) => this.imports.take(progress),
      'captures.imported': (report) => void this.imports.show([report]),
      'schemas.changed': ({ schemas }) => this.workbench.take(schemas),
      'runs.changed': (batch) => this.runs.take(batch),
      'exports.progress': (progress) => this.exports.take(progress),
      'servers.changed': ({ servers }) => this.servers.take(servers),
      'replayServer.changed': (state) => {
        // Its address is also that of the built-in endpoint.
        if (state.url !== this.#replayServer.url)
          void this.try(async () => this.setEndpoints(await api.endpoints.list()));
        this.#replayServer = state;
      },
      'app.notice': ({ severity, message }) => this.notices.add(severity, message),
    });
  }

  /**
   * Whether a capture that has just begun may take the place of the open one. What another program asks through
   * a proxy does not take a person away from what they look at: it shows where they watch the proxy, or follow
   * what came through one before.
   */
  #gives(id: string): boolean {
    const isProxied = this.#captures.find((one) => one.id === id)?.origin === 'proxy';
    if (!isProxied || !this.#session) return true;
    const { view, playhead } = this.#session;
    if (view.meta.origin.kind === 'proxy') return playhead.following;
    return this.view === 'servers' && this.servers.selected?.config.kind === 'proxy';
  }

  get captures(): readonly CaptureSummary[] {
    return this.#captures;
  }
  get endpoints(): readonly Endpoint[] {
    return this.#endpoints;
  }
  get replayServer(): ReplayServerState {
    return this.#replayServer;
  }
  get session(): Session | null {
    return this.#session;
  }
  /** The capture that was asked for and is not here yet. */
  get opening(): string | null {
    return this.#opening;
  }

  get view(): ViewName {
    return this.settings.values.view;
  }
  show(view: ViewName): void {
    this.settings.set({ view });
  }

  get endpoint(): Endpoint | undefined {
    const id = this.settings.values.endpoint;
    return this.#endpoints.find((one) => one.id === id) ?? this.#endpoints[0];
  }

  /** The request that is being written for the API of the chosen endpoint. */
  get compose(): Compose {
    return this.#drafts[this.endpoint?.api ?? 'responses'];
  }
  /** The draft for an API, whatever endpoint is chosen. */
  draftFor(api: Api): Compose {
    return this.#drafts[api];
  }

  /** Runs an action and shows its failure. */
  async try<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      this.notices.error(error);
      return undefined;
    }
  }

  /** Reads the open capture from its start again; the person stays where they were. */
  reread(): void {
    this.#before = this.#session;
    if (this.#session) this.open(this.#session.view.id, true);
  }

  /** @param again also where it is open already */
  open(id: string, again = false): void {
    const isOpen = this.#session?.view.id === id && this.#opening === null;
    if (this.#opening === id || (isOpen && !again)) return;
    this.#opening = id;
    const status = this.#captures.find((one) => one.id === id)?.status;
    void this.try(async () => {
      try {
        const { subscription, meta } = await api.captures.open({ id });
        if (this.#opening !== id) {
          await api.captures.close({ subscription });
          return;
        }
        const listed = this.#captures.find((one) => one.id === id)?.status ?? 'streaming';
        const view = new CaptureView(id, subscription, meta, listed);
        this.#feed.attach(view);
        const speed = SPEEDS.find((one) => one === this.settings.values.speed) ?? '1';
        // One that was just sent may be over by now, and its events are new all the same.
        const isLive = meta.end === null || status === 'connecting' || status === 'streaming';
        this.#session?.close();
        this.#session = new Session(view, speed, this, isLive);
        this.settings.set({ lastCapture: id });
        if (this.#before?.view.id === id) this.#session.resume(this.#before);
        this.#before = null;
        this.#goToGoal();
      } finally {
        if (this.#opening === id) this.#opening = null;
      }
    });
  }

  /** Shows a capture at an event; null where it does not matter which. */
  openAt(id: string, seq: number | null): void {
    this.#goal = seq === null ? null : { id, seq };
    this.show('captures');
    this.open(id);
    if (this.#opening === null) this.#goToGoal();
  }
  #goToGoal(): void {
    const goal = this.#goal;
    if (!goal || this.#session?.view.id !== goal.id) return;
    this.#goal = null;
    this.#session.goTo(goal.seq);
  }

  setSpeed(speed: Speed): void {
    if (this.#session) this.#session.playhead.speed = speed;
    this.settings.set({ speed });
  }

  /** Moves the playhead by rows of the event list, which shows what the filter lets through. */
  moveRow(by: number): void {
    if (!this.#session) return;
    const { playhead, filter } = this.#session;
    if (filter.rowCount === 0) return;
    const row = filter.rowUpTo(playhead.seq) + by;
    playhead.moveTo(filter.seqOfRow(Math.max(0, Math.min(row, filter.rowCount - 1))));
  }

  /** A feed that does not fit what is here: the capture is read from its start. */
  #readAgain(view: CaptureView): void {
    this.#close();
    this.open(view.id);
  }

  #close(): void {
    this.#session?.close();
    this.#session = null;
    this.#feed.attach(null);
  }

  /** The capture beside another one in the list: where the selection goes when that one leaves. */
  #neighbour(id: string): string | null {
    const at = this.#captures.findIndex((one) => one.id === id);
    return (this.#captures[at + 1] ?? this.#captures[at - 1])?.id ?? null;
  }

  async delete(id: string): Promise<void> {
    const gone = this.#captures.find((one) => one.id === id);
    if (!gone) return;
    const next = this.#session?.view.id === id ? this.#neighbour(id) : null;
    await this.try(async () => {
      await api.captures.delete({ id });
      if (next) this.open(next);
      this.undo.offer(
        `Deleted ${gone.name}.`,
        `deletion of ${gone.name}`,
        () => void this.restore(id),
      );
    });
  }

  async restore(id: string): Promise<void> {
    await this.try(async () => {
      await api.captures.restore({ id });
      this.open(id);
    });
  }

  async rename(id: string, name: string): Promise<void> {
    this.renaming = null;
    if (name.trim() === '' || this.#captures.find((one) => one.id === id)?.name === name) return;
    await this.try(() => api.captures.rename({ id, name }));
  }

  /** Sets or changes the bookmark of an event of the open capture; null takes it away. */
  setBookmark(seq: number, note: string | null): void {
    this.bookmarks.set(seq, note);
  }

  /** Adds a breakpoint, a filter query, and says so. */
  addBreakpoint(query: string): void {
    const id = this.breakpoints.add(query);
    if (id === null) return;
    this.notices.add('note', `Breakpoint: ${query}`, {
      label: 'Show',
      run: () => this.showBreakpoint(id),
    });
  }
  /** Shows a breakpoint in the drawer. */
  showBreakpoint(id: string): void {
    this.show('captures');
    this.settings.set({ drawerOpen: true, drawerTab: 'breakpoints' });
    this.breakpoints.selected = id;
  }

  /** Watches a JSON pointer, a JSONPath or a lane, and says so. */
  addWatch(expression: string): void {
    const id = this.watches.add(expression);
    if (id === null) return;
    this.notices.add('note', `Watching ${expression}`, {
      label: 'Show',
      run: () => this.showWatch(id),
    });
  }
  /** Shows a watch in the drawer. */
  showWatch(id: string): void {
    this.show('captures');
    this.settings.set({ drawerOpen: true, drawerTab: 'watch' });
    this.watches.selected = id;
  }

  /** Shows the problems of the open capture. */
  showProblems(): void {
    this.show('captures');
    this.settings.set({ drawerOpen: true, drawerTab: 'problems' });
  }

  /** Sends what the compose view holds to the chosen endpoint. */
  async send(): Promise<void> {
    const endpoint = this.endpoint;
    if (!endpoint) return;
    await this.try(async () => {
      const { id } = await api.requests.send({ endpoint: endpoint.id, body: this.compose.body() });
      this.open(id);
    });
  }

  get isLive(): boolean {
    const status = this.#session?.view.status;
    return status === 'connecting' || status === 'streaming';
  }

  async stop(): Promise<void> {
    const id = this.#session?.view.id;
    if (id && this.isLive) await this.stopCapture(id);
  }
  async stopCapture(id: string): Promise<void> {
    await this.try(() => api.requests.stop({ id }));
  }

  /** Puts text on the clipboard and says so. */
  copy(text: string, said = 'Copied.'): void {
    void this.try(async () => {
      await navigator.clipboard.writeText(text);
      this.notices.add('note', said);
    });
  }

  reveal(id: string): void {
    void this.try(() => api.captures.reveal({ id }));
  }

  async toggleReplayServer(): Promise<void> {
    await this.try(async () => {
      const { start, stop } = api.replayServer;
      this.#replayServer = await (this.#replayServer.running ? stop() : start());
      this.#endpoints = await api.endpoints.list();
    });
  }

  setEndpoints(endpoints: Endpoint[]): void {
    this.#endpoints = endpoints;
  }
}

export const [useApp, provideApp] = createContext<AppState>();
