import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CommandInput, CommandName, CommandOutput, Events } from '../src-ipc/contract.ts';
import { commands } from '../src-ipc/contract.ts';
import { dispatch, isCommandName } from './dispatch.ts';
import { type Desktop, pageSession } from './handlers.ts';
import type { SecretBox } from './keys.ts';
import { PageEvents } from './page-events.ts';
import { Services } from './services.ts';
import { directTasks } from './testing/direct-tasks.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const EXAMPLES = join(import.meta.dirname, '../examples');

const noBox: SecretBox = {
  available: false,
  encrypt: () => expect.fail('encrypts without a keyring'),
  decrypt: () => expect.fail('decrypts without a keyring'),
};

/** Main without Electron: one page that calls commands and hears events. */
class App {
  readonly services: Services;
  readonly heard: { name: keyof Events; event: unknown }[] = [];
  readonly themes: string[] = [];
  readonly revealed: string[] = [];
  readonly bugs: unknown[] = [];
  readonly events = new PageEvents((name, event) => this.heard.push({ name, event }));
  readonly session;
  chosen: string[] = [];
  /** The folder that the person saves to; null cancels. */
  saveTo: string | null = null;

  constructor(folder: string) {
    this.services = new Services({
      dataFolder: folder,
      examplesFolder: EXAMPLES,
      secretBox: noBox,
      env: {},
      tasks: directTasks,
      broadcast: this.events.send,
    });
    const desktop: Desktop = {
      info: () => ({ version: '1', electron: '2', chrome: '3', platform: 'test' }),
      chooseFiles: async () => this.chosen,
      chooseFolder: async () => this.saveTo,
      chooseFileToSave: async (name) => (this.saveTo === null ? null : join(this.saveTo, name)),
      reveal: (path) => this.revealed.push(path),
      setTheme: (theme) => this.themes.push(theme),
    };
    this.session = pageSession(this.services, this.events, desktop);
    onTestFinished(async () => {
      await this.session.reset();
      await this.services.stop();
    });
  }

  reply<Name extends CommandName>(name: Name, input?: unknown) {
    return dispatch(this.session.handlers, name, input, (error) => this.bugs.push(error));
  }

  /** The value of a reply that must be good. */
  async call<Name extends CommandName>(
    name: Name,
    input?: CommandInput<Name>,
  ): Promise<CommandOutput<Name>> {
    const reply = await this.reply(name, input);
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
    return reply.value;
  }

  of<Name extends keyof Events>(name: Name): Events[Name][] {
    return this.heard
      .filter((heard) => heard.name === name)
      .map(({ event }) => event as Events[Name]);
  }
}

async function startedApp(folder = temporaryFolder()): Promise<App> {
  const app = new App(folder);
  await app.services.start();
  return app;
}

test('a first start has the examples, the person selected, told when the page listens', async () => {
  const app = await startedApp();
  expect(app.heard.filter(({ name }) => name !== 'replayServer.changed')).toEqual([]);
  const list = await app.call('captures.list');
  expect(list.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'person.sse completed',
    'refusal.sse completed',
    'function-calls.sse completed',
    'reasoning.sse completed',
    'web-search.sse completed',
    'incomplete.sse incomplete',
    'rate-limit.sse failed',
    'chat-reasoning.sse completed',
    'chat-tool-calls.sse completed',
    'chat-refusal.sse completed',
    'messages-thinking.sse completed',
    'messages-tool-use.sse completed',
    'messages-citations.sse completed',
  ]);
  await vi.waitUntil(() => app.of('captures.changed').length > 0);
  expect(app.of('captures.changed')).toMatchObject([{ select: list[0]!.id }]);
});

test('deleted examples stay deleted', async () => {
  const folder = temporaryFolder();
  const app = await startedApp(folder);
  for (const { id } of await app.call('captures.list')) await app.call('captures.delete', { id });
  await app.services.stop();
  const again = await startedApp(folder);
  expect(await again.call('captures.list')).toEqual([]);
});

test('a request to the built-in endpoint arrives as batches and ends completed', async () => {
  const app = await startedApp();
  await app.call('replayServer.setSpeed', { speed: 'instant' });
  const { id } = await app.call('requests.send', { endpoint: 'built-in', body: '{"model":"m"}' });
  const { subscription, meta } = await app.call('captures.open', { id });
  expect(meta.request?.body).toBe('{"stream": true, "model":"m"}');
  let acknowledged = 0;
  await vi.waitUntil(() => {
    for (const { number } of app.of('captures.batch').slice(acknowledged++)) {
      void app.call('captures.ack', { subscription, number });
    }
    return app.of('captures.batch').some((batch) => batch.last);
  });
  const events = app.of('captures.batch').reduce((sum, batch) => sum + batch.index.count, 0);
  expect(events).toBe(23);
  expect((await app.call('captures.list'))[0]).toMatchObject({ id, status: 'completed' });
  await app.call('captures.close', { subscription });
});

test('a request to the stopped replay server says how to go on', async () => {
  const app = await startedApp();
  await app.call('replayServer.stop');
  expect(await app.reply('requests.send', { endpoint: 'built-in', body: '{}' })).toMatchObject({
    ok: false,
    code: 'replay-server-stopped',
  });
});

test('deleting a capture that is recorded and shown stops both', async () => {
  const app = await startedApp();
  await app.call('replayServer.setSpeed', { speed: 0.01 });
  const { id } = await app.call('requests.send', { endpoint: 'built-in', body: '{}' });
  await app.call('captures.open', { id });
  await vi.waitUntil(() => app.of('captures.batch').length > 0);
  await app.call('captures.delete', { id });
  expect((await app.call('captures.list')).map((summary) => summary.id)).not.toContain(id);
  expect(await app.call('captures.restore', { id })).toMatchObject({ id, status: 'aborted' });
});

test('opened files come in order, the last is selected, and bad ones are notices', async () => {
  const folder = temporaryFolder();
  const app = await startedApp(join(folder, 'data'));
  await app.call('captures.list');
  await vi.waitUntil(() => app.of('captures.changed').length > 0);
  mkdirSync(join(folder, 'x'));
  writeFileSync(join(folder, 'a.sse'), 'data: 1\n\n');
  writeFileSync(join(folder, 'b.sse'), 'data: 2\n\n');
  app.chosen = ['a.sse', 'none.sse', 'x', 'b.sse'].map((name) => join(folder, name));
  const report = await app.call('captures.openDialog');
  expect(report.captures).toHaveLength(2);
  expect(report.select).toBe(report.captures[1]);
  expect(app.of('captures.changed').pop()?.select).toBe(report.select);
  expect(report.notices).toEqual([
    { severity: 'error', message: 'none.sse does not exist.' },
    {
      severity: 'error',
      message: 'x is a folder, and no capture: it has no capture.json.',
    },
  ]);
});

test('a page that reloads is told at its next start what was opened meanwhile', async () => {
  const folder = temporaryFolder();
  const app = await startedApp(join(folder, 'data'));
  await app.call('captures.list');
  await vi.waitUntil(() => app.of('captures.changed').length > 0);
  await app.session.reset();
  app.heard.length = 0;
  writeFileSync(join(folder, 'a.sse'), 'data: 1\n\n');
  const report = await app.services.openFiles([join(folder, 'a.sse')]);
  app.services.notice('note', 'Hello.');
  expect(app.heard).toEqual([]);
  await app.call('captures.list');
  await vi.waitUntil(() => app.heard.length === 3);
  expect(app.of('captures.changed')).toMatchObject([{ select: report.select }]);
  expect(app.of('captures.imported')).toEqual([report]);
  expect(app.of('app.notice')).toEqual([{ severity: 'note', message: 'Hello.' }]);
});

test('the last question of a page that goes does not open the next one’s ears', async () => {
  const app = await startedApp();
  void app.call('captures.list');
  await app.session.reset();
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  app.services.notice('note', 'Hello.');
  expect(app.of('app.notice')).toEqual([]);
  await app.call('captures.list');
  await vi.waitUntil(() => app.of('app.notice').length === 1);
});

test('what is pasted in pieces is selected', async () => {
  const app = await startedApp();
  await app.call('captures.list');
  const { id } = await app.call('captures.importStart', { name: 'Pasted', kind: 'paste' });
  await app.call('captures.importPiece', { id, bytes: Buffer.from('data: 1\n') });
  await app.call('captures.importPiece', { id, bytes: new Uint8Array([10]) });
  expect(await app.call('captures.importEnd', { id })).toMatchObject({
    captures: [id],
    select: id,
  });
  expect((await app.call('captures.list'))[0]).toMatchObject({ id, events: 1, name: 'Pasted' });
  expect(app.of('captures.changed').pop()?.select).toBe(id);
});

test('settings, names and folders', async () => {
  const app = await startedApp();
  await app.call('settings.set', { theme: 'dark' });
  await app.call('settings.set', { view: 'compose' });
  expect(app.themes).toEqual(['dark']);
  expect(await app.call('app.info')).toMatchObject({ encryption: false, platform: 'test' });
  const [first] = await app.call('captures.list');
  expect(await app.call('captures.rename', { id: first!.id, name: '  A person ' })).toMatchObject({
    name: 'A person',
  });
  await app.call('captures.reveal', { id: first!.id });
  expect(app.revealed).toEqual([app.services.captures.paths(first!.id).folder]);
});

test('the workspace and bookmarks outlive the window', async () => {
  const app = await startedApp();
  expect(await app.call('workspace.get')).toEqual({
    breakpoints: [],
    watches: [],
    filters: [],
    colorRules: [],
  });
  const breakpoint = { id: 'b1', query: 'closes:/age', enabled: true, hits: 2 };
  await app.call('workspace.set', { breakpoints: [breakpoint] });
  await app.call('workspace.set', { watches: [{ id: 'w1', expression: '/output' }] });
  expect(await app.call('workspace.get')).toMatchObject({
    breakpoints: [breakpoint],
    watches: [{ id: 'w1', expression: '/output' }],
  });
  const [first] = await app.call('captures.list');
  await app.call('captures.setBookmarks', { id: first!.id, bookmarks: [{ seq: 4, note: 'here' }] });
  expect((await app.call('captures.open', { id: first!.id })).meta.bookmarks).toEqual([
    { seq: 4, note: 'here' },
  ]);
});

test('a damaged entry of the workspace costs nothing but itself', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'workspace.json');
  const one = { id: 'a', query: 'x', enabled: true, hits: 0 };
  const other = { ...one, id: 'b' };
  const watch = { id: 'a', expression: '/output' };
  const damaged = JSON.stringify({
    breakpoints: [one, { ...one, query: 'repeated' }, { ...one, id: '../c' }, other, 7],
    watches: [watch],
    filters: 'none',
    colorRules: Array.from({ length: 501 }, (_, at) => ({
      id: `r${at}`,
      query: '',
      color: 'red',
      enabled: true,
    })),
  });
  writeFileSync(path, damaged);
  const app = new App(folder);
  const workspace = await app.call('workspace.get');
  expect(workspace).toMatchObject({ breakpoints: [one, other], watches: [watch], filters: [] });
  expect(workspace.colorRules).toHaveLength(500);
  await app.call('workspace.get');
  // Notices wait until the page listens.
  await app.call('captures.list');
  await vi.waitUntil(() => app.of('app.notice').length > 0);
  const [notice, ...rest] = app.of('app.notice');
  expect(rest).toEqual([]);
  for (const said of ['3 of 5 breakpoints', 'all saved filters', '1 of 501 colour rules'])
    expect(notice!.message).toContain(said);
  const aside = /kept as (workspace\.json\.broken-\w+)/.exec(notice!.message)![1]!;
  expect(readFileSync(join(folder, aside), 'utf8')).toBe(damaged);
  await app.call('workspace.set', { filters: [{ id: 'f', name: 'n', query: 'q' }] });
  expect((await app.call('workspace.get')).breakpoints).toEqual([one, other]);
});

describe('replies', () => {
  test.each<[CommandName, unknown, string]>([
    ['captures.open', { id: '../../etc' }, 'bad-input'],
    ['captures.open', undefined, 'bad-input'],
    ['captures.open', { id: 'nope' }, 'no-such-capture'],
    ['captures.list', { extra: 1 }, 'bad-input'],
    ['captures.setBookmarks', { id: 'x', bookmarks: [{ seq: 1.5, note: '' }] }, 'bad-input'],
    ['captures.setSilenced', { id: 'x', rules: ['F4', 'a b'] }, 'bad-input'],
    ['captures.setDialect', { id: 'x', dialect: 'morse' }, 'bad-input'],
    ['captures.setProfile', { id: 'x', profile: '../x' }, 'bad-input'],
    ['workspace.set', { watches: [{ id: '../x', expression: '' }] }, 'bad-input'],
    ['endpoints.get' as CommandName, {}, ''],
    [
      'endpoints.save',
      {
        name: 'x',
        api: 'responses',
        baseUrl: 'javascript:alert(1)',
        headers: [],
        keyHeader: 'api-key',
      },
      'bad-input',
    ],
    [
      'endpoints.save',
      {
        name: 'x',
        api: 'responses',
        baseUrl: 'https://h',
        headers: [['a', 'b\r\nc: d']],
        keyHeader: 'api-key',
      },
      'bad-input',
    ],
    ['requests.send', { endpoint: 'nope', body: '{}' }, 'no-such-endpoint'],
    ['requests.send', { endpoint: 'built-in', body: '{,}' }, 'invalid-json'],
    ['replayServer.setSpeed', { speed: 0 }, 'bad-input'],
  ])('%s %j fails with %s', async (name, input, code) => {
    const app = await startedApp();
    if (code === '') return expect(isCommandName(name)).toBe(false);
    expect(await app.reply(name, input)).toMatchObject({ ok: false, code });
    expect(app.bugs).toEqual([]);
  });

  test('pieces belong to an import, and are not large', async () => {
    const app = await startedApp();
    const piece = (size: number) =>
      app.reply('captures.importPiece', { id: 'nope', bytes: new Uint8Array(size) });
    expect(await piece(1)).toMatchObject({ ok: false, code: 'no-such-import' });
    expect(await piece(9 << 20)).toMatchObject({ ok: false, code: 'bad-input' });
  });

  test('a refused key is not quoted', async () => {
    const app = await startedApp();
    const reply = await app.reply('endpoints.setKey', { id: 'openai', key: 'sk-with a space' });
    expect(JSON.stringify(reply)).not.toContain('with a space');
    expect(reply).toMatchObject({ ok: false, code: 'bad-input' });
  });

  test('a bug is a reply too, and is reported', async () => {
    const app = await startedApp();
    const handlers = {
      ...app.session.handlers,
      'app.info': () => {
        throw new TypeError('x is not a function');
      },
    };
    const bugs: unknown[] = [];
    const reply = await dispatch(handlers, 'app.info', undefined, (error) => bugs.push(error));
    expect(reply).toMatchObject({ ok: false, code: 'internal' });
    expect(bugs).toHaveLength(1);
  });

  test('only the names of the contract are commands', () => {
    expect(Object.keys(commands).every(isCommandName)).toBe(true);
    for (const name of ['constructor', '__proto__', 'captures', '']) {
      expect(isCommandName(name)).toBe(false);
    }
  });
});
