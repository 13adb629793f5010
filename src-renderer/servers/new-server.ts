import { DEFAULT_MATCHING } from '../../src-core/replay/matching.ts';
import { AS_RECORDED } from '../../src-core/replay/pace.ts';
import type { ProxyConfig, ReplayConfig, ServerState } from '../../src-ipc/server-contract.ts';
import { newId } from '../state/workspace.svelte.ts';

/** A recording proxy as it is when it is made. */
export function proxyTo(name: string, upstream: string): ProxyConfig {
  return { kind: 'proxy', id: newId(), name, port: 0, upstream, keyOf: null, show: true };
}

/** A replay server as it is when it is made. */
export function replayOf(name: string, ids: string[]): ReplayConfig {
  return replay(name, { kind: 'captures', ids });
}
/** The same of a folder, whose name it gets. */
export function replayOfFolder(path: string): ReplayConfig {
  const name = path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;
  return replay(name, { kind: 'folder', path });
}
function replay(name: string, serves: ReplayConfig['serves']): ReplayConfig {
  return {
    kind: 'replay',
    id: newId(),
    name: name.slice(0, 200),
    port: 0,
    serves,
    matching: { ...DEFAULT_MATCHING, fields: [] },
    pace: AS_RECORDED,
    faults: null,
    recordFrom: null,
  };
}

/** A name that no other server has: `Ollama`, `Ollama 2`. */
export function freeName(name: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name.slice(0, 190)} ${number}`;
    if (!taken.includes(free)) return free;
  }
}

/** The replay server that serves this capture and nothing else. */
export function onlyServing(
  servers: readonly ServerState[],
  capture: string,
): ServerState | undefined {
  return servers.find(
    ({ config }) =>
      config.kind === 'replay' &&
      config.serves.kind === 'captures' &&
      config.serves.ids.length === 1 &&
      config.serves.ids[0] === capture,
  );
}
