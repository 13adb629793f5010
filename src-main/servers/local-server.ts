import type { ServerConfig, ServerState } from '../../src-ipc/server-contract.ts';

/**
 * A server on loopback with a port of its own: a recording proxy or a replay server. It knows no Electron and
 * no settings, so that the command line runs the same one.
 */
export interface LocalServer<Config extends ServerConfig = ServerConfig> {
  readonly state: ServerState;
  /** Counts for requests that come after; a new port for the next start. */
  configure(config: Config): void;
  /** @returns when it listens, or when its state says why it does not. */
  start(): Promise<void>;
  /** Open streams are cut, and their captures say so. */
  stop(): Promise<void>;
  clearLog(): void;
  /** See `servers.step`; nothing where no such stream waits. */
  step(number: number, by: 'event' | 'chunk' | 'run'): void;
}
