import type { Pace } from '../../src-core/replay/pace.ts';
import type { ServerConfig } from '../../src-ipc/server-contract.ts';
import { plural } from '../state/format.ts';

export interface Named {
  id: string;
  name: string;
}

/** Where a proxy leads, or what a replay server serves and how fast. */
export function aboutServer(config: ServerConfig, captures: readonly Named[]): string {
  if (config.kind === 'proxy') return `→ ${shortUrl(config.upstream)}`;
  return [servesWords(config.serves, captures), paceWords(config.pace)].join(' · ');
}

function servesWords(
  serves: Extract<ServerConfig, { kind: 'replay' }>['serves'],
  captures: readonly Named[],
): string {
  if (serves.kind === 'folder')
    return serves.path === '' ? 'no folder yet' : `all of ${lastOf(serves.path)}`;
  const [only] = serves.ids;
  if (only === undefined) return 'no captures yet';
  if (serves.ids.length > 1) return plural(serves.ids.length, 'capture');
  return captures.find(({ id }) => id === only)?.name ?? 'a capture that is gone';
}

/** `as recorded`, `5×`, `instant`, `40 events/s`, `by hand`. */
export function paceWords(pace: Pace): string {
  if (pace.kind === 'recorded') return pace.factor === 1 ? 'as recorded' : `${pace.factor}×`;
  if (pace.kind === 'rate') return `${pace.perSecond} ${pace.unit}/s`;
  return pace.kind;
}

/** Without what every address has: `api.openai.com/v1`. */
export function shortUrl(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/+$/, '');
}

/** The last name of a path of either kind. */
export function lastOf(path: string): string {
  return path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;
}

/** The port of `http://127.0.0.1:54321/v1`: `:54321`; empty where there is none. */
export function portOf(url: string | null): string {
  return /:\d+(?=\/|$)/.exec(url ?? '')?.[0] ?? '';
}
