import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CaptureSummary } from '../../src-core/capture.ts';
import type { ServerConfig, ServerState } from '../../src-ipc/server-contract.ts';
import { proxyTo, replayOf } from '../servers/new-server.ts';
import { Servers } from './servers.svelte.ts';

/** Main's servers in memory, behind `window.deltascope`. */
let kept: Map<string, ServerState>;
let calls: string[];
let refusal: string | null;

const stateOf = (config: ServerConfig, running = false): ServerState => ({
  config,
  running,
  url: running ? 'http://127.0.0.1:4000' : null,
  error: null,
  log: [],
  open: 0,
  waiting: [],
});

function answer(verb: string, input: { id: string } & ServerConfig) {
  calls.push(verb);
  if (verb === 'save' && refusal !== null)
    return { ok: false, code: 'no', message: refusal, detail: '' };
  const before = kept.get(input.id);
  if (verb === 'save') kept.set(input.id, { ...(before ?? stateOf(input)), config: input });
  else if (verb === 'delete') kept.delete(input.id);
  else if (verb === 'start' || verb === 'stop')
    kept.set(input.id, stateOf(before!.config, verb === 'start'));
  return { ok: true, value: kept.get(input.id) };
}

beforeEach(() => {
  vi.useFakeTimers();
  kept = new Map();
  calls = [];
  refusal = null;
  const servers = new Proxy(
    {},
    {
      get: (_target, verb: string) => (input: { id: string } & ServerConfig) =>
        Promise.resolve(answer(verb, input)),
    },
  );
  vi.stubGlobal('window', { deltascope: { servers }, addEventListener: () => undefined });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened(...configs: ServerConfig[]) {
  for (const config of configs) kept.set(config.id, stateOf(config));
  const said: string[] = [];
  let undo: () => void = () => undefined;
  const settings = {
    values: { server: configs[0]?.id ?? 'built-in' },
    set: (patch: object) => void Object.assign(settings.values, patch),
  };
  const app = {
    try: async (action: () => Promise<unknown>) => {
      try {
        return await action();
      } catch (error) {
        said.push((error as Error).message);
        return undefined;
      }
    },
    show: () => undefined,
    copy: () => undefined,
    notices: { add: (_severity: string, message: string) => said.push(message) },
    undo: {
      offer: (message: string, _what: string, run: () => void) => {
        said.push(message);
        undo = run;
      },
    },
    settings,
    captures: [
      { id: 'a', name: 'person.sse' },
      { id: 'b', name: 'refusal.sse' },
    ] as CaptureSummary[],
  };
  const servers = new Servers(app as unknown as ConstructorParameters<typeof Servers>[0], [
    ...kept.values(),
  ]);
  return { servers, said, settings, undo: () => undo() };
}
const proxy = () => proxyTo('Proxy', 'https://api.openai.com/v1');
const upstreamOf = (state: ServerState | undefined) =>
  state?.config.kind === 'proxy' ? state.config.upstream : null;

test('an edit shows at once, and many are written as one', async () => {
  const config = proxy();
  const { servers } = opened(config);
  for (const upstream of ['http://a/v1', 'http://b/v1']) {
    servers.change(servers.get(config.id)!.config as typeof config, { upstream });
    expect(upstreamOf(servers.get(config.id))).toBe(upstream);
  }
  // What main tells meanwhile knows nothing of it.
  servers.take([stateOf(config, true)]);
  expect(upstreamOf(servers.get(config.id))).toBe('http://b/v1');
  expect(calls).toEqual([]);
  await vi.runAllTimersAsync();
  expect(calls).toEqual(['save']);
  expect(upstreamOf(kept.get(config.id))).toBe('http://b/v1');
});

test('what main refuses is said, and the config is as it was', async () => {
  const config = proxy();
  const { servers, said } = opened(config);
  refusal = 'This is another kind of server.';
  servers.change(config, { upstream: 'http://a/v1' });
  await vi.runAllTimersAsync();
  expect(said).toEqual([refusal]);
  expect(upstreamOf(servers.get(config.id))).toBe('https://api.openai.com/v1');
});

test('a server starts with what was edited a moment before', async () => {
  const config = proxy();
  const { servers } = opened(config);
  servers.change(config, { port: 4000 });
  await servers.toggle(config.id);
  expect(calls).toEqual(['save', 'start']);
  expect(servers.running.map(({ url }) => url)).toEqual(['http://127.0.0.1:4000']);
  await servers.toggle(config.id);
  expect(servers.running).toEqual([]);
});

test('one that is deleted can be brought back, running as it was', async () => {
  const [first, second] = [proxy(), proxyTo('Other', 'http://a/v1')];
  const { servers, settings, undo, said } = opened(first, second);
  await servers.start(first.id);
  await servers.delete(first.id);
  expect(servers.list.map(({ config }) => config.name)).toEqual(['Other']);
  expect(settings.values.server).toBe(second.id);
  expect(said).toEqual(['Deleted Proxy.']);
  undo();
  await vi.runAllTimersAsync();
  expect(servers.get(first.id)).toMatchObject({ config: first, running: true });
  expect(servers.selected?.config.id).toBe(first.id);
});

test('a capture is served by the server that has it alone, else by a new one', async () => {
  const set = replayOf('Set', ['a', 'b']);
  const { servers, said } = opened(set);
  await servers.serve('a');
  const made = servers.list.find(({ config }) => config.id !== set.id)!;
  expect(made).toMatchObject({
    running: true,
    config: { name: 'person.sse', serves: { kind: 'captures', ids: ['a'] } },
  });
  expect(said).toEqual(['person.sse is served at http://127.0.0.1:4000']);
  await servers.stop(made.config.id);
  await servers.serve('a');
  expect(servers.list).toHaveLength(2);
  expect(servers.get(made.config.id)?.running).toBe(true);
});

test('a capture joins a set once', async () => {
  const set = replayOf('Set', ['a']);
  const { servers, said } = opened(set);
  servers.addCapture(set.id, 'b');
  servers.addCapture(set.id, 'b');
  await vi.runAllTimersAsync();
  expect(kept.get(set.id)?.config).toMatchObject({ serves: { ids: ['a', 'b'] } });
  expect(said).toEqual(['Set serves refusal.sse now.', 'Set serves it already.']);
});

test('a new server gets a name that no other has', async () => {
  const { servers } = opened(proxy());
  await servers.add(proxy());
  await servers.add(proxy());
  expect(servers.list.map(({ config }) => config.name)).toEqual(['Proxy', 'Proxy 2', 'Proxy 3']);
});

test('a new server for which nothing is chosen does not stay', async () => {
  const { servers } = opened(replayOf('One', ['a']));
  await servers.addAndPick();
  expect(servers.list).toHaveLength(2);
  await servers.endPicking();
  expect(servers.list.map(({ config }) => config.name)).toEqual(['One']);
  expect(kept.size).toBe(1);
  // One that was there stays, whatever was chosen; so does a new one with a capture.
  servers.isPicking = true;
  await servers.endPicking();
  await servers.addAndPick();
  const { config } = servers.selected!;
  if (config.kind === 'replay')
    servers.change(config, { serves: { kind: 'captures', ids: ['a'] } });
  await servers.endPicking();
  expect(servers.list).toHaveLength(2);
  expect(servers.isPicking).toBe(false);
});

test('a step is for the stream that was chosen, else for one of the server that shows', () => {
  const [first, second] = [replayOf('One', ['a']), replayOf('Two', ['a'])];
  const { servers, settings } = opened(first, second);
  expect(servers.waiting).toBeNull();
  const waiting = (number: number) => ({
    ...{ number, capture: 'a', events: 0, allEvents: 2, chunks: 0, allChunks: 2, next: '' },
  });
  servers.take([
    { ...stateOf(first, true), waiting: [waiting(1)] },
    { ...stateOf(second, true), waiting: [waiting(1), waiting(2)] },
  ]);
  expect(servers.waiting).toEqual({ server: first.id, number: 1 });
  settings.values.server = second.id;
  expect(servers.waiting).toEqual({ server: second.id, number: 1 });
  servers.choose(second.id, 2);
  expect(servers.waiting).toEqual({ server: second.id, number: 2 });
});
