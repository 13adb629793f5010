import type { ReplayConfig, ServerLogEntry } from '../../src-ipc/server-contract.ts';
import type { CaptureServer } from '../../src-main/replay-server/capture-server.ts';
import type { NamedRecording } from '../../src-main/replay-server/list-shelf.ts';
import { serveRecordings } from '../../src-main/replay-server/serve-recordings.ts';

/** The replay server of the app, of recordings that are in memory. */
export function serveSources(
  recordings: readonly NamedRecording[],
  config: Pick<ReplayConfig, 'port' | 'matching' | 'pace' | 'faults'>,
  logged: (entry: ServerLogEntry) => void,
): CaptureServer {
  return serveRecordings(recordings, { ...config, name: 'The replay server', logged });
}
