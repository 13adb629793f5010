import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SchemaFacts } from '../../src-core/schema.ts';
import { TRASH_KEPT_MS } from '../trash.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type NewSchemaEntry, SchemaStore } from './schema-store.ts';

const TEXT = '{\n  "type": "object",\n  "const": 1.50\n}\n';
const OTHER = '{ "type": "string" }';
const facts: SchemaFacts = { name: 'person', description: '', strict: true, kind: 'format' };
const entry: NewSchemaEntry = { ...facts, text: TEXT, source: { kind: 'blank', detail: '' } };

class Library {
  readonly folder: string;
  readonly notices: string[] = [];
  readonly store: SchemaStore;
  changes = 0;

  constructor(folder = temporaryFolder()) {
    this.folder = folder;
    this.store = new SchemaStore(folder, {
      changed: () => this.changes++,
      notice: (_severity, message) => this.notices.push(message),
    });
    this.store.start();
  }
  /** The next start, on the same folder. */
  again(): Library {
    return new Library(this.folder);
  }
  create(given: Partial<NewSchemaEntry> = {}): string {
    return this.store.create({ ...entry, ...given }, 'new').id;
  }
  path(id: string, ...parts: string[]): string {
    return join(this.folder, 'schemas', id, ...parts);
  }
  about(id: string): Record<string, unknown> {
    return JSON.parse(readFileSync(this.path(id, 'about.json'), 'utf8')) as Record<string, unknown>;
  }
}

const refused = (code: string) => expect.objectContaining({ code });

test('a schema is plain files, and the same after the next start', () => {
  const library = new Library();
  const source = { kind: 'capture', detail: 'person.sse' } as const;
  const id = library.create({ description: 'Someone', kind: 'tool', source });
  expect(readdirSync(library.path(id)).sort()).toEqual(['about.json', 'schema.json', 'versions']);
  expect(readFileSync(library.path(id, 'schema.json'), 'utf8')).toBe(TEXT);
  expect(readFileSync(library.path(id, 'versions/1.json'), 'utf8')).toBe(TEXT);
  expect(library.about(id)).toMatchObject({ version: 1, name: 'person', source });
  const { store, notices } = library.again();
  expect(store.list()).toMatchObject([
    { id, name: 'person', kind: 'tool', version: 1, isChanged: false, isDraft: false, source },
  ]);
  const opened = store.open(id);
  expect(opened).toMatchObject({ text: TEXT, good: TEXT, saved: TEXT });
  expect(opened.about.versions).toMatchObject([{ number: 1, note: 'new', description: 'Someone' }]);
  expect(notices).toEqual([]);
});

test('what is no JSON is a draft beside the last text that was', () => {
  const library = new Library();
  const id = library.create();
  const { store } = library;
  const first = store.save(id, '{"type":', store.open(id).revision);
  expect(readFileSync(library.path(id, 'draft.txt'), 'utf8')).toBe('{"type":');
  expect(readFileSync(library.path(id, 'schema.json'), 'utf8')).toBe(TEXT);
  expect(library.again().store.open(id)).toMatchObject({ text: '{"type":', good: TEXT });
  expect(store.list()).toMatchObject([{ isDraft: true, isChanged: true }]);
  expect(() => store.saveVersion(id, '')).toThrow(refused('not-json'));
  store.save(id, OTHER, first);
  expect(existsSync(library.path(id, 'draft.txt'))).toBe(false);
  expect(store.open(id)).toMatchObject({ text: OTHER, good: OTHER, saved: TEXT });
});

test('versions are numbered from 1, one for each other text', () => {
  const library = new Library();
  const id = library.create();
  const { store } = library;
  expect(store.saveVersion(id, 'again')).toMatchObject({ number: 1, isNew: false });
  store.save(id, OTHER, null);
  expect(store.list()).toMatchObject([{ version: 1, isChanged: true }]);
  expect(store.saveVersion(id, 'other')).toMatchObject({ number: 2, isNew: true });
  store.describe(id, { strict: false });
  expect(store.saveVersion(id, '')).toMatchObject({ number: 3, isNew: true });
  expect(store.versionText(id, 1)).toBe(TEXT);
  expect(store.versionText(id, 3)).toBe(OTHER);
  const { versions } = library.again().store.open(id).about;
  expect(versions.map(({ number, note, strict }) => [number, note, strict])).toEqual([
    [1, 'new', true],
    [2, 'other', true],
    [3, '', false],
  ]);
  expect(() => store.versionText(id, 4)).toThrow(refused('no-such-version'));
});

test('a text that something else wrote is not written over', () => {
  const library = new Library();
  const id = library.create();
  const { store } = library;
  const known = store.open(id).revision;
  writeFileSync(library.path(id, 'schema.json'), OTHER);
  expect(() => store.save(id, '{}', known)).toThrow(refused('changed-outside'));
  expect(store.open(id).text).toBe(OTHER);
  store.save(id, '{}', store.open(id).revision);
  expect(store.open(id).text).toBe('{}');
});

test('neither is a schema.json that something else wrote beside a draft', () => {
  const library = new Library();
  const id = library.create();
  const { store } = library;
  const known = store.save(id, '{"type":', store.open(id).revision);
  expect(store.open(id).revision).toBe(known);
  writeFileSync(library.path(id, 'schema.json'), OTHER);
  expect(() => store.save(id, '{"type":1}', known)).toThrow(refused('changed-outside'));
  expect(readFileSync(library.path(id, 'schema.json'), 'utf8')).toBe(OTHER);
  expect(store.open(id)).toMatchObject({ text: '{"type":', good: OTHER });
});

test('what something else wrote to about.json stays when other fields are changed', () => {
  const library = new Library();
  const id = library.create();
  const { store } = library;
  store.list();
  const edited = { ...library.about(id), name: 'human', description: 'by hand' };
  writeFileSync(library.path(id, 'about.json'), JSON.stringify(edited));
  store.describe(id, { problems: { errors: 1, warnings: 0 } });
  expect(library.about(id)).toMatchObject({ name: 'human', problems: { errors: 1 } });
  store.describe(id, { strict: false });
  store.save(id, OTHER, null);
  expect(library.about(id)).toMatchObject({ name: 'human', description: 'by hand', strict: false });
});

test('a version is made of what is on disk, or of the text that was meant only', () => {
  const library = new Library();
  const id = library.create();
  const { store } = library;
  const { revision } = store.open(id);
  writeFileSync(library.path(id, 'schema.json'), OTHER);
  expect(() => store.saveVersion(id, '', revision)).toThrow(refused('changed-outside'));
  expect(store.saveVersion(id, 'by hand')).toMatchObject({ number: 2, isNew: true });
  expect(store.versionText(id, 2)).toBe(OTHER);
  expect(store.saveVersion(id, '', store.open(id).revision)).toMatchObject({ isNew: false });
});

test('a text that is kept aside is a draft although it is JSON, until one is chosen', () => {
  const library = new Library();
  const id = library.create();
  library.store.keepDraft(id, OTHER);
  const opened = library.again().store.open(id);
  expect(opened).toMatchObject({ text: OTHER, good: TEXT });
  library.store.save(id, TEXT, null);
  expect(readdirSync(library.path(id)).sort()).toEqual(['about.json', 'schema.json', 'versions']);
  // Also where the folder is gone.
  rmSync(library.path(id), { recursive: true });
  library.store.keepDraft(id, OTHER);
  const { store } = library.again();
  expect(store.list()).toMatchObject([{ id, version: 0 }]);
  expect(store.open(id).text).toBe(OTHER);
});

test('line ends of other systems make no other text', () => {
  const library = new Library();
  const id = library.create();
  const known = library.store.open(id).revision;
  writeFileSync(library.path(id, 'schema.json'), TEXT.replaceAll('\n', '\r\n'));
  expect(library.store.open(id)).toMatchObject({ text: TEXT, revision: known });
});

test('a damaged about.json is kept, and made up anew from the files', () => {
  const library = new Library();
  const id = library.create();
  library.store.save(id, OTHER, null);
  library.store.saveVersion(id, 'second');
  writeFileSync(library.path(id, 'about.json'), '{"version":1,');
  const { store, notices } = library.again();
  expect(store.list()).toMatchObject([{ id, version: 2, isChanged: false }]);
  expect(notices).toEqual([expect.stringContaining('about.json')]);
  const kept = readdirSync(library.path(id)).filter((name) => name.includes('broken'));
  expect(kept).toHaveLength(1);
  expect(notices[0]).toContain(kept[0]);
  expect(readFileSync(library.path(id, kept[0]!), 'utf8')).toBe('{"version":1,');
  // It is whole again: nothing is said a second time.
  const later = library.again();
  later.store.list();
  expect(later.notices).toEqual([]);
  expect(later.store.versionText(id, 1)).toBe(TEXT);
});

test('one damaged entry of the versions costs its words only; a file that is not listed is a version', () => {
  const library = new Library();
  const id = library.create();
  library.store.save(id, OTHER, null);
  library.store.saveVersion(id, 'second');
  const about = library.about(id) as { versions: object[] };
  about.versions[0] = { number: 'one' };
  writeFileSync(library.path(id, 'about.json'), JSON.stringify(about));
  writeFileSync(library.path(id, 'versions/7.json'), '{}');
  writeFileSync(library.path(id, 'versions/notes.txt'), 'mine');
  const { store, notices } = library.again();
  const { versions } = store.open(id).about;
  expect(versions.map(({ number, note }) => [number, note])).toEqual([
    [1, ''],
    [2, 'second'],
    [7, ''],
  ]);
  expect(notices).toEqual([expect.stringContaining('damaged')]);
  expect(store.versionText(id, 7)).toBe('{}');
});

test('a schema of a newer format is left alone and named', () => {
  const library = new Library();
  const id = library.create();
  const newer = JSON.stringify({ version: 2, anything: true });
  writeFileSync(library.path(id, 'about.json'), newer);
  const { store, notices } = library.again();
  expect([store.list(), store.list()]).toEqual([[], []]);
  expect(notices).toEqual([expect.stringContaining('format 2')]);
  expect(() => store.save(id, '{}', null)).toThrow(refused('newer-version'));
  expect(readFileSync(library.path(id, 'about.json'), 'utf8')).toBe(newer);
  expect(readFileSync(library.path(id, 'schema.json'), 'utf8')).toBe(TEXT);
});

test('a text that is gone is that of the newest version', () => {
  const library = new Library();
  const id = library.create();
  rmSync(library.path(id, 'schema.json'));
  expect(library.again().store.open(id)).toMatchObject({ text: TEXT, good: TEXT });
});

test('what is no schema in the folder is nothing, and files that are gone are said', () => {
  const library = new Library();
  const id = library.create();
  mkdirSync(library.path('not a schema!'), { recursive: true });
  writeFileSync(join(library.folder, 'schemas', 'file.txt'), 'x');
  expect(library.store.list()).toHaveLength(1);
  rmSync(library.path(id), { recursive: true });
  expect(() => library.store.open(id)).toThrow(refused('no-such-schema'));
  expect(() => library.store.save(id, '{}', null)).toThrow(refused('no-such-schema'));
  expect(library.store.list()).toEqual([]);
  expect(() => library.store.open('../captures')).toThrow(refused('bad-id'));
});

test('a deleted schema comes back whole, for as long as the trash keeps it', () => {
  const library = new Library();
  const id = library.create();
  const { store } = library;
  store.delete(id);
  expect(store.list()).toEqual([]);
  expect(() => store.open(id)).toThrow(refused('no-such-schema'));
  expect(store.restore(id)).toMatchObject({ id, name: 'person', version: 1 });
  expect(store.versionText(id, 1)).toBe(TEXT);
  expect(() => store.restore(id)).toThrow(refused('no-such-schema'));
  expect(TRASH_KEPT_MS).toBe(30 * 86_400_000);
});

test('a copy has the text as it stands, a free name and a history of its own', () => {
  const library = new Library();
  const id = library.create();
  const { store } = library;
  store.save(id, OTHER, null);
  store.describe(id, { target: 'azure' });
  const copy = store.duplicate(id);
  expect(copy).toMatchObject({ name: 'person_copy', version: 1, isChanged: false });
  expect(store.open(copy.id)).toMatchObject({ text: OTHER, about: { target: 'azure' } });
  expect(store.duplicate(copy.id).name).toBe('person_copy_2');
  expect(store.versionText(id, 1)).toBe(TEXT);
});

test('a schema that begins as no JSON has no version yet', () => {
  const library = new Library();
  const id = library.create({ text: 'type: object' });
  expect(library.store.list()).toMatchObject([{ id, version: 0, isDraft: true }]);
  expect(library.store.open(id)).toMatchObject({ text: 'type: object', good: null, saved: null });
  library.store.save(id, '{}', null);
  expect(library.store.saveVersion(id, '')).toMatchObject({ number: 1, isNew: true });
});

test('the one changed last comes first; a look at the problems is no change', () => {
  const library = new Library();
  const { store } = library;
  const first = library.create({ name: 'a' });
  const second = library.create({ name: 'b' });
  const names = () => store.known().map(({ name }) => name);
  // Within one millisecond the newer id counts, which is random there: both are given a time.
  const touch = (id: string, changedAt: string) => {
    writeFileSync(
      library.path(id, 'about.json'),
      JSON.stringify({ ...library.about(id), changedAt }),
    );
  };
  touch(first, '2026-01-02T00:00:00.000Z');
  touch(second, '2026-01-01T00:00:00.000Z');
  store.list();
  expect(names()).toEqual(['a', 'b']);
  store.describe(second, { problems: { errors: 2, warnings: 0 } });
  expect(names()).toEqual(['a', 'b']);
  expect(store.known()[1]!.problems).toEqual({ errors: 2, warnings: 0 });
  store.describe(second, { description: 'x' });
  expect(names()).toEqual(['b', 'a']);
});
