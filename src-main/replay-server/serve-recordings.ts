import { DEFAULT_MATCHING, type Matching } from '../../src-core/replay/matching.ts';
import { AS_RECORDED } from '../../src-core/replay/pace.ts';
import type { ReplayConfig, ServerLogEntry } from '../../src-ipc/server-contract.ts';
import { CaptureServer } from './capture-server.ts';
import { listShelf, type NamedRecording } from './list-shelf.ts';

export interface ServeOptions extends Partial<
  Pick<ReplayConfig, 'name' | 'port' | 'pace' | 'faults'>
> {
  matching?: Matching;
  /** Told of each request when it is over; of each change of the state. */
  logged?(entry: ServerLogEntry): void;
  changed?(): void;
}

/**
 * A replay server of recordings that are in memory, for programs without a library of captures. It listens
 * after `start()`; `state` then has its `url`, or says in `error` why it does not run.
 */
export function serveRecordings(
  recordings: readonly NamedRecording[],
  { logged, changed = () => undefined, matching = DEFAULT_MATCHING, ...chosen }: ServeOptions = {},
): CaptureServer {
  const config: ReplayConfig = {
    ...{ kind: 'replay', id: 'replay', name: 'The replay server', port: 0 },
    ...{ pace: AS_RECORDED, faults: null, recordFrom: null },
    matching: { ...matching, fields: [...matching.fields] },
    serves: { kind: 'captures', ids: [] },
    ...chosen,
  };
  const shelfOf = () => listShelf(recordings);
  return new CaptureServer(config, { shelfOf, ...(logged && { logged }) }, changed);
}
