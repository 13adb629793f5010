import { proxyTo } from '../servers/new-server.ts';
import { UPSTREAMS } from '../servers/upstreams.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { Given } from './command.ts';

/** Recording proxies and replay servers: the built-in one is started and stopped by `start-replay-server`. */
export function serverCommands(app: AppState): Given[] {
  const { servers } = app;
  const open = app.captures.find(({ id }) => id === app.session?.view.id);
  const name = open?.name ?? 'the capture';
  return [
    {
      id: 'new-proxy',
      title: 'New recording proxy',
      run: () => void servers.add(proxyTo(UPSTREAMS[0]!.name, UPSTREAMS[0]!.url)),
    },
    {
      id: 'new-replay-server',
      title: 'New replay server of chosen captures',
      run: () => void servers.addAndPick(),
    },
    {
      id: 'serve-capture',
      title: `Serve ${name}`,
      isEnabled: () => open !== undefined,
      run: () => void (open && servers.serve(open.id)),
    },
    {
      id: 'copy-url-built-in',
      title: 'Copy the URL of the replay server',
      isEnabled: () => app.replayServer.url !== null,
      run: () => app.replayServer.url !== null && servers.copyUrl(app.replayServer.url),
    },
    ...servers.list.flatMap(({ config, running, url }): Given[] => [
      {
        id: `toggle-server-${config.id}`,
        title: `${running ? 'Stop' : 'Start'} ${config.name}`,
        run: () => void servers.toggle(config.id),
      },
      {
        id: `copy-url-${config.id}`,
        title: `Copy the URL of ${config.name}`,
        isEnabled: () => url !== null,
        run: () => url !== null && servers.copyUrl(url),
      },
      ...(config.kind === 'replay' && config.serves.kind === 'captures'
        ? [
            {
              id: `add-to-${config.id}`,
              title: `Add ${name} to ${config.name}`,
              isEnabled: () => open !== undefined,
              run: () => open && servers.addCapture(config.id, open.id),
            },
          ]
        : []),
    ]),
    step('event', 'Send the next event of the waiting stream', ']'),
    step('chunk', 'Send the next chunk of the waiting stream', 'c'),
    step('run', 'Run the waiting stream to its end', 'r'),
    {
      id: 'edit-faults',
      title: 'Edit the faults of the replay server',
      keys: ['f'],
      view: 'servers',
      isEnabled: () => servers.selected?.config.kind === 'replay',
      run: () => (servers.editingFaults = servers.selected?.config.id ?? null),
    },
    {
      id: 'clear-server-log',
      title: 'Clear the log of the server',
      isEnabled: () => (servers.selected?.log.length ?? 0) > 0,
      run: () => void (servers.selected && servers.clearLog(servers.selected.config.id)),
    },
    {
      id: 'delete-server',
      title: `Delete ${servers.selected?.config.name ?? 'the server'}`,
      isEnabled: () => servers.selected !== null,
      run: () => void (servers.selected && servers.delete(servers.selected.config.id)),
    },
  ];

  function step(by: 'event' | 'chunk' | 'run', title: string, keys: string): Given {
    return {
      id: `serve-${by}`,
      title,
      keys: [keys],
      view: 'servers',
      repeats: by !== 'run',
      isEnabled: () => servers.waiting !== null,
      run: () => servers.step(by),
    };
  }
}
