import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReplayConfig, ServerConfig } from '../../src-ipc/server-contract.ts';
import type { Desktop } from '../handlers.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { ListeningServer } from './listening-server.ts';
import { serverHandlers } from './server-handlers.ts';
import { ServerService } from './server-service.ts';

class Silent extends ListeningServer<ServerConfig> {
  protected serve(): void {
    expect.fail('is asked');
  }
}

function folderServer(path: string, id = 'r'): ReplayConfig {
  return {
    ...{ kind: 'replay', id, name: 'Replay', port: 0, serves: { kind: 'folder', path } },
    matching: { method: true, path: true, model: true, body: 'any', fields: [], choice: 'first' },
    ...{ pace: { kind: 'instant' }, faults: null, recordFrom: null },
  };
}

/** @param chosen what the person takes in the dialog; null cancels it */
function handlersOn(folder: string, chosen: string | null = null) {
  const servers = new ServerService({
    ...{ folder, changed: () => undefined, notice: expect.fail },
    make: (config, changed) => new Silent(config, changed),
  });
  const desktop: Pick<Desktop, 'chooseFolder'> = { chooseFolder: async () => chosen };
  return serverHandlers(servers, desktop as Desktop);
}

test('a server serves a folder that a person chose, and none that the page names', async () => {
  const folder = temporaryFolder();
  const handlers = handlersOn(folder, '/chosen');
  const refused = expect.objectContaining({ code: 'folder-not-chosen' });
  expect(() => handlers['servers.save'](folderServer('/chosen'))).toThrow(refused);
  expect(await handlers['servers.chooseFolder'](undefined)).toEqual({ path: '/chosen' });
  const { config } = await handlers['servers.save'](folderServer('/chosen'));
  for (const path of ['/', '/chosen/..', '/chosen/sub', ''])
    expect(() => handlers['servers.save'](folderServer(path))).toThrow(refused);
  expect(() => handlers['servers.save'](folderServer('/etc', 'other'))).toThrow(refused);
  expect(await handlers['servers.list'](undefined)).toContainEqual(
    expect.objectContaining({ config }),
  );
});

test('a dialog that is cancelled allows nothing', async () => {
  const handlers = handlersOn(temporaryFolder());
  expect(await handlers['servers.chooseFolder'](undefined)).toBe(null);
  expect(() => handlers['servers.save'](folderServer(''))).toThrow('chosen in the dialog');
});

test('the folders of the servers on disk stay theirs after a start', async () => {
  const folder = temporaryFolder();
  const servers = [folderServer('/kept')];
  writeFileSync(join(folder, 'servers.json'), JSON.stringify({ servers }));
  const handlers = handlersOn(folder);
  const { config } = await handlers['servers.save']({ ...servers[0]!, name: 'Renamed' });
  expect(config).toMatchObject({ name: 'Renamed', serves: { path: '/kept' } });
  expect(() => handlers['servers.save'](folderServer('/else'))).toThrow('chosen in the dialog');
});

test('an upstream with a secret in its address is refused, and not kept', async () => {
  const handlers = handlersOn(temporaryFolder());
  const servers = await handlers['servers.list'](undefined);
  const proxy = servers[0]!.config;
  if (proxy.kind !== 'proxy') return expect.fail('the first is a proxy');
  const refused = expect.objectContaining({ code: 'secret-in-url' });
  for (const url of ['http://bob:pw@h/v1', 'http://key@h', 'https://h/v1?api-key=pw']) {
    expect(() => handlers['servers.save']({ ...proxy, upstream: url })).toThrow(refused);
    const miss = { ...folderServer(''), serves: { kind: 'captures' as const, ids: [] } };
    expect(() => handlers['servers.save']({ ...miss, recordFrom: url })).toThrow(refused);
  }
  expect(await handlers['servers.list'](undefined)).toEqual(servers);
  const upstream = 'https://h/v1?api-version=1';
  expect((await handlers['servers.save']({ ...proxy, upstream })).config).toEqual({
    ...proxy,
    upstream,
  });
});
