import type { CommandName, Handlers } from '../../src-ipc/contract.ts';
import type { Desktop } from '../handlers.ts';
import type { ServerService } from './server-service.ts';

type ServerCommand = Extract<CommandName, `servers.${string}`>;

/** The commands about recording proxies and replay servers. */
export function serverHandlers(
  servers: ServerService,
  desktop: Desktop,
): Pick<Handlers, ServerCommand> {
  return {
    'servers.list': () => servers.list(),
    'servers.save': (config) => servers.save(config),
    'servers.delete': ({ id }) => servers.delete(id),
    'servers.start': ({ id }) => servers.start(id),
    'servers.stop': ({ id }) => servers.stop(id),
    'servers.clearLog': ({ id }) => servers.clearLog(id),
    'servers.step': ({ id, number, by }) => servers.step(id, number, by),
    'servers.chooseFolder': async () => {
      const path = await desktop.chooseFolder();
      if (path === null) return null;
      servers.allowFolder(path);
      return { path };
    },
  };
}
