import type { CaptureSummary } from '../../src-core/capture.ts';
import type { SchemaSummary } from '../../src-core/schema.ts';
import type {
  AppInfo,
  Endpoint,
  ReplayServerState,
  Settings,
  Workspace,
} from '../../src-ipc/contract.ts';
import type { RunBatch } from '../../src-ipc/run-contract.ts';
import type { ServerState } from '../../src-ipc/server-contract.ts';
import { api } from '../api.ts';
import { Inbox } from './inbox.ts';

export interface Boot {
  inbox: Inbox;
  info: AppInfo;
  settings: Settings;
  workspace: Workspace;
  captures: CaptureSummary[];
  schemas: SchemaSummary[];
  endpoints: Endpoint[];
  replayServer: ReplayServerState;
  batches: RunBatch[];
  servers: ServerState[];
}

/** Asks main for all that the first picture needs. */
export async function boot(): Promise<Boot> {
  // Before the first question: main holds back what it has to tell until it is asked for the list.
  const inbox = new Inbox();
  const [info, settings, workspace, captures, schemas, endpoints, replayServer, batches, servers] =
    await Promise.all([
      api.app.info(),
      api.settings.get(),
      api.workspace.get(),
      api.captures.list(),
      api.schemas.list(),
      api.endpoints.list(),
      api.replayServer.state(),
      api.runs.running(),
      api.servers.list(),
    ]);
  return {
    inbox,
    info,
    settings,
    workspace,
    captures,
    schemas,
    endpoints,
    replayServer,
    batches,
    servers,
  };
}
