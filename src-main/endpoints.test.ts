import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EndpointStore } from './endpoints.ts';
import { KeyStore, type SecretBox } from './keys.ts';
import { SettingsStore } from './settings.ts';
import { StateStore } from './state.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const KEY = 'sk-test-0123456789';

/** Stands for a keyring: not secure, but no longer the text. */
const box: SecretBox = {
  available: true,
  encrypt: (text) => Buffer.from(text).map((byte) => byte ^ 0x55) as Buffer,
  decrypt: (bytes) => {
    if (bytes.length === 0) throw new Error('not yours');
    return Buffer.from(bytes.map((byte) => byte ^ 0x55)).toString();
  },
};
const noBox: SecretBox = {
  available: false,
  encrypt: () => expect.fail('encrypts without a keyring'),
  decrypt: () => expect.fail('decrypts without a keyring'),
};

function stores(folder = temporaryFolder(), secrets = box) {
  const notices: string[] = [];
  const notice = (message: string) => notices.push(message);
  const keys = new KeyStore(folder, secrets, notice);
  const endpoints = new EndpointStore({
    folder,
    keys,
    builtInUrl: () => 'http://127.0.0.1:1/v1',
    builtInModels: (api) => [`model of ${api}`],
    notice,
  });
  return { folder, keys, endpoints, notices };
}
const input = (name: string, baseUrl = 'https://api.test/v1') => ({
  name,
  api: 'responses' as const,
  baseUrl,
  headers: [['X-A', 'b']] as [string, string][],
  keyHeader: 'authorization' as const,
});

describe('endpoints', () => {
  test('the built-in one comes first, OpenAI is there, and both are as the design says', () => {
    const { endpoints } = stores();
    expect(endpoints.list()).toMatchObject([
      { id: 'built-in', api: 'responses', builtIn: true, baseUrl: 'http://127.0.0.1:1/v1' },
      { id: 'built-in-chat', api: 'chat', builtIn: true, models: ['model of chat'] },
      { id: 'built-in-messages', api: 'messages', builtIn: true, keyHeader: 'x-api-key' },
      { id: 'openai', baseUrl: 'https://api.openai.com/v1', builtIn: false, key: 'none' },
    ]);
  });

  test('what is saved is there at the next start, and what is deleted is not', () => {
    const { folder, endpoints } = stores();
    const saved = endpoints.save(input('Local'));
    endpoints.save({ ...input('Renamed'), id: saved.id });
    endpoints.delete('openai');
    const after = stores(folder).endpoints;
    const own = after.list().filter(({ builtIn }) => !builtIn);
    expect(own.map(({ name }) => name)).toEqual(['Renamed']);
    expect(after.get(saved.id).headers).toEqual([['X-A', 'b']]);
    expect(() => after.get('openai')).toThrow('no longer there');
  });

  test('the built-in one has nothing to set', () => {
    const { endpoints } = stores();
    expect(() => endpoints.save({ ...input('x'), id: 'built-in' })).toThrow('part of the app');
    expect(() => endpoints.delete('built-in-chat')).toThrow('part of the app');
    expect(() => endpoints.setKey('built-in', KEY)).toThrow('part of the app');
    expect(() => endpoints.save({ ...input('x'), id: 'nope' })).toThrow('no longer there');
  });

  test('a URL with a password is refused: it would be shown', () => {
    const { endpoints } = stores();
    expect(() => endpoints.save(input('x', 'https://u:p@h/v1'))).toThrow('no user or password');
  });

  test('a key does not follow its endpoint to another server', () => {
    const { endpoints, keys } = stores();
    const { id } = endpoints.save(input('A'));
    endpoints.setKey(id, KEY);
    expect(endpoints.save({ ...input('A', 'https://api.test/v2'), id }).key).toBe('encrypted');
    expect(endpoints.save({ ...input('A', 'https://evil.test/v1'), id }).key).toBe('none');
    expect(keys.get(id)).toBeNull();
  });
});

describe('secrets in headers', () => {
  const SECRET = 'team-secret-0123';
  const withHeaders = (headers: [string, string][], id?: string) => ({
    ...input('A'),
    ...(id ? { id } : {}),
    headers,
  });
  const everything = (folder: string) =>
    readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));

  test.each([
    ['encrypted', box],
    ['in memory', noBox],
  ])('are kept like keys (%s): sent, and neither shown nor stored', (_name, secrets) => {
    const { folder, endpoints } = stores(temporaryFolder(), secrets);
    const saved = endpoints.save(
      withHeaders([
        ['X-Team-Token', SECRET],
        ['X-A', 'b'],
      ]),
    );
    expect(saved.headers).toEqual([
      ['X-Team-Token', '•••'],
      ['X-A', 'b'],
    ]);
    expect(JSON.stringify(endpoints.list())).not.toContain(SECRET);
    expect(everything(folder).join()).not.toContain(SECRET);
    expect(endpoints.headersToSend(saved.id)).toEqual([
      ['X-Team-Token', SECRET],
      ['X-A', 'b'],
    ]);

    const after = stores(folder, secrets).endpoints;
    const lasts = secrets === box;
    expect(after.get(saved.id).headers[0]).toEqual(['X-Team-Token', lasts ? '•••' : '']);
    expect(after.headersToSend(saved.id)).toHaveLength(lasts ? 2 : 1);
  });

  test('what the page sends back unchanged stays; another value, none, or no row replaces it', () => {
    const { endpoints, keys } = stores();
    const { id } = endpoints.save(withHeaders([['X-Token', SECRET]]));
    const sent = (headers: [string, string][]) => {
      endpoints.save(withHeaders(headers, id));
      return endpoints.headersToSend(id);
    };
    expect(sent([['x-token', '•••']])).toEqual([['x-token', SECRET]]);
    expect(sent([['X-Token', 'another']])).toEqual([['X-Token', 'another']]);
    expect(sent([['X-Token', '']])).toEqual([]);
    expect(sent([['X-Token', SECRET]])).toEqual([['X-Token', SECRET]]);
    expect(sent([])).toEqual([]);
    expect(keys.state(`${id}/x-token`)).toBe('none');
  });

  test('the stand-in for a value is never taken for one', () => {
    const { endpoints } = stores();
    const { id } = endpoints.save(withHeaders([['X-Token', SECRET]]));
    for (const name of ['X-Other-Token', 'X-Team']) {
      expect(() => endpoints.save(withHeaders([[name, '•••']], id))).toThrow('Enter the value of');
    }
    expect(endpoints.headersToSend(id)).toEqual([['X-Token', SECRET]]);
    // As it is brought back after it was deleted.
    const again = endpoints.save(withHeaders([['X-Token', '•••']]));
    expect(again.headers).toEqual([['X-Token', '']]);
    expect(endpoints.headersToSend(again.id)).toEqual([]);
  });

  test('go with their endpoint, and not to another server', () => {
    const { folder, endpoints } = stores();
    const { id } = endpoints.save(withHeaders([['X-Token', SECRET]]));
    const moved = { ...withHeaders([['X-Token', '•••']], id), baseUrl: 'https://evil.test/v1' };
    expect(endpoints.save(moved).headers).toEqual([['X-Token', '']]);
    expect(endpoints.headersToSend(id)).toEqual([]);
    endpoints.save({ ...moved, headers: [['X-Token', SECRET]] });
    endpoints.delete(id);
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain(id);
  });

  test('move out of a file that holds them in clear', () => {
    const folder = temporaryFolder();
    const stored = { ...withHeaders([['X-Token', SECRET]], 'a') };
    const text = JSON.stringify({ version: 1, endpoints: [stored] });
    writeFileSync(join(folder, 'endpoints.json'), text);
    const { endpoints } = stores(folder);
    expect(endpoints.get('a').headers).toEqual([['X-Token', '•••']]);
    expect(endpoints.headersToSend('a')).toEqual([['X-Token', SECRET]]);
    expect(everything(folder).join()).not.toContain(SECRET);
  });
});

describe('keys', () => {
  test('are encrypted in the file, outlive a start, and go with their endpoint', () => {
    const { folder, endpoints, keys } = stores();
    expect(endpoints.setKey('openai', KEY).key).toBe('encrypted');
    expect(keys.get('openai')).toBe(KEY);
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), 'latin1')).not.toContain(KEY);
    }
    const after = stores(folder);
    expect(after.keys.get('openai')).toBe(KEY);
    after.endpoints.delete('openai');
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain('openai');
  });

  test('stay in memory where the system has no keyring', () => {
    const { folder, endpoints, keys } = stores(temporaryFolder(), noBox);
    expect(endpoints.setKey('openai', KEY).key).toBe('memory');
    expect(keys.get('openai')).toBe(KEY);
    expect(existsSync(join(folder, 'keys.json'))).toBe(false);
    expect(stores(folder, noBox).keys.state('openai')).toBe('none');
    expect(endpoints.clearKey('openai').key).toBe('none');
    expect(keys.get('openai')).toBeNull();
  });

  test('one that the system no longer gives out is said, and asked for again', () => {
    const { folder } = stores();
    writeFileSync(join(folder, 'keys.json'), '{"version":1,"keys":{"openai":""}}');
    const { keys, notices } = stores(folder);
    expect(keys.get('openai')).toBeNull();
    expect(notices).toEqual([expect.stringContaining("can't be decrypted")]);
    expect(keys.state('openai')).toBe('none');
  });

  test.each(['__proto__', 'constructor', 'toString'])('the id %s is no key', (id) => {
    const { keys } = stores();
    expect(keys.get(id)).toBeNull();
    expect(keys.state(id)).toBe('none');
  });
});

describe('settings', () => {
  const notices: string[] = [];
  const settingsIn = (folder: string) =>
    new SettingsStore(folder, (message) => notices.push(message));

  test('have defaults, and a patch changes what it names', () => {
    const folder = temporaryFolder();
    const settings = settingsIn(folder);
    expect(settings.get()).toMatchObject({ theme: 'system', endpoint: 'built-in', sizes: {} });
    settings.set({ theme: 'dark', sizes: { list: 220 } });
    settings.set({ view: 'compose', theme: undefined });
    expect(settingsIn(folder).get()).toMatchObject({
      theme: 'dark',
      view: 'compose',
      sizes: { list: 220 },
      speed: '1',
    });
  });

  test.each(['{"theme": "dark"', '{"theme": "pink"}', '7', ''])(
    'a broken file (%j) is put aside, and defaults count',
    (text) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'settings.json'), text);
      notices.length = 0;
      expect(settingsIn(folder).get().theme).toBe('system');
      const [aside] = readdirSync(folder);
      expect(aside).toMatch(/^settings\.json\.broken-\d{8}T\d{6}Z$/);
      expect(readFileSync(join(folder, aside!), 'utf8')).toBe(text);
      expect(notices).toEqual([expect.stringContaining('settings.json is damaged')]);
    },
  );

  test('unknown fields of an older or newer app do no harm', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'settings.json'), '{"theme": "light", "future": 1}');
    expect(settingsIn(folder).get()).toMatchObject({ theme: 'light' });
  });

  test('state is kept beside them', () => {
    const folder = temporaryFolder();
    const window = { x: 1, y: 2, width: 800, height: 600, maximized: false };
    new StateStore(folder, expect.fail).set({ window });
    expect(new StateStore(folder, expect.fail).get()).toEqual({
      version: 1,
      examplesImported: false,
      window,
    });
  });
});
