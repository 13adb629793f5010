import { join } from 'node:path';
import * as v from 'valibot';
import { isSecretParameter } from '../../src-core/redaction/secret-names.ts';
import { MOST_SERVERS, ServerConfig, type ServerState } from '../../src-ipc/server-contract.ts';
import { JsonFile } from '../json-file.ts';
import { messageOf, Refusal } from '../refusal.ts';
import { soundEntries } from '../sound-entries.ts';
import type { LocalServer } from './local-server.ts';

const ServersFile = v.object({ servers: v.array(ServerConfig) });
/** How often the page is told at most, in milliseconds. */
const TELL_MS = 100;

/** There is one from the start on, so that recording a client takes one click. */
const FIRST: ServerConfig = {
  kind: 'proxy',
  id: 'proxy',
  name: 'Recording proxy',
  port: 0,
  upstream: 'https://api.openai.com/v1',
  keyOf: null,
  show: true,
};

export interface ServerServiceOptions {
  folder: string;
  make(config: ServerConfig, changed: () => void): LocalServer;
  changed(servers: ServerState[]): void;
  notice(message: string): void;
}

/** The recording proxies and replay servers that a person set up: their configs are kept in `servers.json`. */
export class ServerService {
  readonly #options: ServerServiceOptions;
  readonly #file: JsonFile<typeof ServersFile>;
  readonly #servers = new Map<string, LocalServer>();
  /** Those that a person chose: the page can name no other. */
  readonly #folders = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: ServerServiceOptions) {
    this.#options = options;
    this.#file = new JsonFile(
      join(options.folder, 'servers.json'),
      ServersFile,
      () => ({ servers: [FIRST] }),
      options.notice,
      mendServers,
    );
    for (const config of this.#file.value.servers) {
      const folder = folderOf(config);
      if (folder !== null) this.#folders.add(folder);
      this.#add(config);
    }
  }

  list(): ServerState[] {
    return [...this.#servers.values()].map(({ state }) => state);
  }

  /** A person chose this folder: servers may serve it, until the app is left or as long as one does. */
  allowFolder(path: string): void {
    this.#folders.add(path);
  }

  /**
   * Makes it, or changes the one of that id.
   * @throws Refusal `too-many-servers`, `other-kind`, `folder-not-chosen`, `secret-in-url`
   */
  save(config: ServerConfig): ServerState {
    const folder = folderOf(config);
    if (folder !== null && !this.#folders.has(folder))
      throw new Refusal(
        'folder-not-chosen',
        'A server serves only a folder that was chosen in the dialog: choose it there.',
        folder,
      );
    refuseSecrets(config);
    const known = this.#servers.get(config.id);
    if (!known) {
      if (this.#servers.size >= MOST_SERVERS)
        throw new Refusal('too-many-servers', `There are ${MOST_SERVERS} servers already.`);
      this.#add(config);
    } else if (known.state.config.kind !== config.kind) {
      throw new Refusal('other-kind', `${known.state.config.name} is another kind of server.`);
    } else known.configure(config);
    this.#write();
    return this.#server(config.id).state;
  }

  async delete(id: string): Promise<void> {
    const server = this.#server(id);
    this.#servers.delete(id);
    this.#write();
    await server.stop();
    this.#tellSoon();
  }

  async start(id: string): Promise<ServerState> {
    const server = this.#server(id);
    await server.start();
    return server.state;
  }

  async stop(id: string): Promise<ServerState> {
    const server = this.#server(id);
    await server.stop();
    return server.state;
  }

  clearLog(id: string): ServerState {
    const server = this.#server(id);
    server.clearLog();
    return server.state;
  }

  step(id: string, number: number, by: 'event' | 'chunk' | 'run'): void {
    this.#server(id).step(number, by);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.stop()));
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#keepOrTell();
  }

  #add(config: ServerConfig): void {
    this.#servers.set(
      config.id,
      this.#options.make(config, () => this.#tellSoon()),
    );
  }

  #server(id: string): LocalServer {
    const server = this.#servers.get(id);
    if (!server) throw new Refusal('no-such-server', 'This server is no longer there.', id);
    return server;
  }

  #write(): void {
    this.#keep();
    this.#tellSoon();
  }

  #keepOrTell(): void {
    try {
      this.#keep();
    } catch (error) {
      this.#options.notice(`The servers can't be kept: ${messageOf(error)}`);
    }
  }

  /** A server may change its own config: what it recorded on a miss is of its set from then on. */
  #keep(): void {
    const servers = this.list().map(({ config }) => config);
    if (JSON.stringify(servers) !== JSON.stringify(this.#file.value.servers))
      this.#file.write({ servers });
  }

  /** Many requests at once are one message. */
  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#keepOrTell();
      this.#options.changed(this.list());
    }, TELL_MS);
  }
}

/** Addresses are kept as they are, and the page gets them. */
function refuseSecrets(config: ServerConfig): void {
  const upstream = config.kind === 'proxy' ? config.upstream : config.recordFrom;
  if (upstream === null) return;
  const { username, password, searchParams } = new URL(upstream);
  const hasSecret =
    username !== '' || password !== '' || [...searchParams.keys()].some(isSecretParameter);
  if (hasSecret)
    throw new Refusal(
      'secret-in-url',
      'The address of an upstream is kept in clear: leave the user, the password and keys out of it. ' +
        "Let the client send its own key, or have a proxy add an endpoint's.",
    );
}

function folderOf(config: ServerConfig): string | null {
  return config.kind === 'replay' && config.serves.kind === 'folder' ? config.serves.path : null;
}

/** One damaged server costs nothing but itself. */
function mendServers(value: unknown): { value: unknown; lost: string } {
  if (typeof value !== 'object' || value === null || !('servers' in value))
    return { value, lost: '' };
  const list = Array.isArray(value.servers) ? value.servers : [];
  const kept = soundEntries(list, ServerConfig, ({ id }) => id, MOST_SERVERS);
  const lost = list.length - kept.length;
  return { value: { servers: kept }, lost: lost > 0 ? `${lost} of ${list.length} servers` : '' };
}
