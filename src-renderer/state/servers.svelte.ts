import type { ServerConfig, ServerState } from '../../src-ipc/server-contract.ts';
import { api } from '../api.ts';
import { freeName, onlyServing, replayOf } from '../servers/new-server.ts';
import type { AppState } from './app.svelte.ts';
import { newId } from './workspace.svelte.ts';

/** How long a config may rest before it is written, in milliseconds. */
const REST_MS = 400;

type Owner = Pick<
  AppState,
  'try' | 'show' | 'copy' | 'notices' | 'undo' | 'settings' | 'captures' | 'view'
>;

/** The recording proxies and replay servers that a person set up. What is edited shows at once. */
export class Servers {
  readonly #app: Owner;
  #states = $state.raw<readonly ServerState[]>([]);
  /** Configs that main has not got yet, by id. */
  #edits = $state.raw<ReadonlyMap<string, ServerConfig>>(new Map());
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** The server whose name is being edited. */
  renaming = $state<string | null>(null);
  /** Whether the menu of new servers is asked for. */
  isAsking = $state(false);
  /** Whether captures are being chosen for the selected replay server. */
  isPicking = $state(false);
  /** The server that was made for what is being chosen. */
  #fresh: string | null = null;
  /** The replay server whose faults are edited. */
  editingFaults = $state<string | null>(null);
  #step = $state.raw<{ server: string; number: number } | null>(null);

  constructor(app: Owner, states: readonly ServerState[]) {
    this.#app = app;
    this.#states = states;
    window.addEventListener('pagehide', () => {
      for (const id of this.#timers.keys()) void this.#write(id);
    });
  }

  get list(): readonly ServerState[] {
    return this.#states.map((state) => {
      const config = this.#edits.get(state.config.id);
      return config ? { ...state, config } : state;
    });
  }
  get running(): readonly ServerState[] {
    return this.list.filter(({ running }) => running);
  }
  get(id: string): ServerState | undefined {
    return this.list.find(({ config }) => config.id === id);
  }

  /** The one whose details show; null for the built-in one. */
  get selected(): ServerState | null {
    return this.get(this.#app.settings.values.server) ?? null;
  }
  select(id: string): void {
    this.isPicking = false;
    this.#app.settings.set({ server: id });
  }

  /** What main tells. */
  take(states: readonly ServerState[]): void {
    this.#states = states;
  }

  /** Changes fields of a config: at once here, a moment later on the disk. */
  change<Config extends ServerConfig>(config: Config, patch: Partial<Omit<Config, 'id' | 'kind'>>) {
    const { id } = config;
    this.#edits = new Map(this.#edits).set(id, { ...config, ...patch });
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => void this.#write(id), REST_MS),
    );
  }

  /** Makes a server and shows it. */
  async add(config: ServerConfig): Promise<boolean> {
    const name = freeName(
      config.name,
      this.#states.map((one) => one.config.name),
    );
    const made = await this.#app.try(() => api.servers.save({ ...config, name }));
    if (!made) return false;
    this.#put(made);
    this.select(config.id);
    this.#app.show('servers');
    return true;
  }

  /** A new replay server, whose captures are chosen next. */
  async addAndPick(): Promise<void> {
    const config = replayOf('Replay', []);
    if (!(await this.add(config))) return;
    this.#fresh = config.id;
    this.isPicking = true;
  }

  /** Ends choosing captures. A server that was made for it and got none is no server that anybody wants. */
  async endPicking(): Promise<void> {
    this.isPicking = false;
    const id = this.#fresh;
    this.#fresh = null;
    const config = id === null ? undefined : this.get(id)?.config;
    if (config?.kind !== 'replay' || config.serves.kind !== 'captures') return;
    if (config.serves.ids.length === 0) await this.#remove(config.id);
  }

  async start(id: string): Promise<ServerState | undefined> {
    await this.#write(id);
    const state = await this.#app.try(() => api.servers.start({ id }));
    if (state) this.#put(state);
    return state;
  }
  async stop(id: string): Promise<void> {
    const state = await this.#app.try(() => api.servers.stop({ id }));
    if (state) this.#put(state);
  }
  async toggle(id: string): Promise<void> {
    await (this.get(id)?.running ? this.stop(id) : this.start(id));
  }
  /** Makes what counts for the next start hold now. */
  async restart(id: string): Promise<void> {
    await this.stop(id);
    await this.start(id);
  }

  /** Deletes it, and offers to bring it back. */
  async delete(id: string): Promise<void> {
    await this.#write(id);
    const gone = this.get(id);
    if (!gone) return;
    if (!(await this.#remove(id))) return;
    const { name } = gone.config;
    const cut = gone.open > 0 ? ` What was open there was cut.` : '';
    this.#app.undo.offer(`Deleted ${name}.${cut}`, `deletion of ${name}`, () => {
      void this.#restore(gone);
    });
  }

  async #remove(id: string): Promise<boolean> {
    const at = this.#states.findIndex(({ config }) => config.id === id);
    const done = await this.#app.try(async () => {
      await api.servers.delete({ id });
      return true;
    });
    if (!done) return false;
    this.#states = this.#states.filter(({ config }) => config.id !== id);
    if (this.#app.settings.values.server === id)
      this.select((this.#states[at] ?? this.#states[at - 1])?.config.id ?? 'built-in');
    return true;
  }

  async #restore({ config, running }: ServerState): Promise<void> {
    if ((await this.add(config)) && running) await this.start(config.id);
  }

  /** Makes another one like it, which may run beside it. */
  async duplicate(id: string): Promise<void> {
    const config = this.get(id)?.config;
    if (config) await this.add({ ...config, id: newId(), port: 0 });
  }

  rename(id: string, name: string): void {
    this.renaming = null;
    const config = this.get(id)?.config;
    if (config && name.trim() !== '' && name.trim() !== config.name)
      this.change(config, { name: name.trim().slice(0, 200) });
  }

  async clearLog(id: string): Promise<void> {
    const state = await this.#app.try(() => api.servers.clearLog({ id }));
    if (state) this.#put(state);
  }

  copyUrl(url: string): void {
    this.#app.copy(url, `Copied ${url}.`);
  }

  /** Serves one capture: by the server that has it alone, or by a new one. It runs after this. */
  async serve(id: string): Promise<void> {
    const capture = this.#app.captures.find((one) => one.id === id);
    if (!capture) return;
    let server = onlyServing(this.list, id)?.config.id;
    if (server === undefined) {
      const config = replayOf(capture.name, [id]);
      if (!(await this.add(config))) return;
      server = config.id;
    }
    this.select(server);
    this.#app.show('servers');
    const state = this.get(server)?.running ? this.get(server) : await this.start(server);
    const url = state?.url;
    if (!state || !url) return;
    this.#app.notices.add('note', `${state.config.name} is served at ${url}`, {
      label: 'Copy',
      run: () => this.copyUrl(url),
    });
  }

  /** Adds a capture to the end of what a replay server serves. */
  addCapture(server: string, capture: string): void {
    const config = this.get(server)?.config;
    const name = this.#app.captures.find((one) => one.id === capture)?.name;
    if (config?.kind !== 'replay' || config.serves.kind !== 'captures') return;
    const { ids } = config.serves;
    const there = ids.includes(capture);
    if (!there) this.change(config, { serves: { kind: 'captures', ids: [...ids, capture] } });
    const said = there ? 'serves it already' : `serves ${name ?? 'it'} now`;
    this.#app.notices.add('note', `${config.name} ${said}.`, {
      label: 'Show',
      run: () => {
        this.select(server);
        this.#app.show('servers');
      },
    });
  }

  /** The stream by hand that a step is for: the chosen one, else the first of what shows. */
  get waiting(): { server: string; number: number } | null {
    const all = this.list.flatMap(({ config, waiting }) =>
      waiting.map(({ number }) => ({ server: config.id, number })),
    );
    const { server, number } = this.#step ?? {};
    const shown = this.#app.settings.values.server;
    return (
      all.find((one) => one.server === server && one.number === number) ??
      all.find((one) => one.server === shown) ??
      all[0] ??
      null
    );
  }
  choose(server: string, number: number): void {
    this.#step = { server, number };
  }
  /** Lets a stream by hand go on; without a number the one that waits. */
  step(by: 'event' | 'chunk' | 'run', stream = this.waiting): void {
    if (stream)
      void this.#app.try(() => api.servers.step({ id: stream.server, number: stream.number, by }));
  }

  async #write(id: string): Promise<void> {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const config = this.#edits.get(id);
    if (!config) return;
    const state = await this.#app.try(() => api.servers.save(config));
    if (state) this.#put(state);
    // What was edited meanwhile waits for its own turn; what main refused is as it was.
    if (this.#edits.get(id) !== config) return;
    const rest = new Map(this.#edits);
    rest.delete(id);
    this.#edits = rest;
  }

  #put(state: ServerState): void {
    const { id } = state.config;
    const isKnown = this.#states.some(({ config }) => config.id === id);
    this.#states = isKnown
      ? this.#states.map((one) => (one.config.id === id ? state : one))
      : [...this.#states, state];
  }
}
