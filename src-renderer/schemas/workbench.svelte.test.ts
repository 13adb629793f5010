import { beforeEach, expect, test, vi } from 'vitest';
import type { Compose } from '../state/compose.svelte.ts';
import { Library } from './testing/library.ts';
import { Workbench, type WorkbenchApp } from './workbench.svelte.ts';

const TEXT = '{ "type": "object" }';
const OTHER = '{ "type": "string" }';

interface Said {
  shown: string[];
  notices: string[];
  errors: string[];
  undo: (() => void)[];
}

function workbenchOn(library: Library, lastSchema: string | null = null) {
  const said: Said = { shown: [], notices: [], errors: [], undo: [] };
  const values = { schemaTarget: 'openai', lastSchema, schemaLine: 7, schemaPanes: {} };
  const app = {
    settings: { values, set: (patch: object) => Object.assign(values, patch) },
    notices: {
      add: (_severity: string, message: string) => said.notices.push(message),
      error: (error: Error) => said.errors.push(error.message),
    },
    undo: { offer: (_message: string, _what: string, run: () => void) => said.undo.push(run) },
    show: (view: string) => said.shown.push(view),
  };
  const workbench = new Workbench(app as unknown as WorkbenchApp, library.list);
  return { workbench, said, values };
}
/** An open schema of that text. */
async function openOne(text = TEXT) {
  const library = new Library();
  const id = library.add('person', text);
  const { workbench, said } = workbenchOn(library);
  await workbench.open(id);
  return { library, id, workbench, said, schema: workbench.current! };
}
/** Lets what was started end: commands answer in microtasks. */
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

test('what is typed is written once it rests, and at the latest after two seconds', async () => {
  const { library, id, schema } = await openOne();
  schema.typed('{ "type": "a" }');
  await vi.advanceTimersByTimeAsync(300);
  schema.typed('{ "type": "ab" }');
  await vi.advanceTimersByTimeAsync(399);
  expect(library.text(id)).toBe(TEXT);
  await vi.advanceTimersByTimeAsync(1);
  expect(library.text(id)).toBe('{ "type": "ab" }');
  expect([schema.isDirty, schema.isChanged, library.count('save')]).toEqual([false, true, 1]);
  for (let at = 0; at < 10; at++) {
    schema.typed(`{ "type": ${at} }`);
    await vi.advanceTimersByTimeAsync(250);
  }
  expect(library.count('save')).toBeGreaterThan(1);
});

test('text, value and fault: what is no JSON keeps the last value', async () => {
  const { library, id, schema } = await openOne();
  expect([schema.value, schema.fault]).toEqual([{ type: 'object' }, null]);
  schema.typed('{ "type": "obj');
  expect(schema.value).toEqual({ type: 'object' });
  expect(schema.fault).toMatchObject({ line: 1, column: 11 });
  await schema.flush();
  expect(library.text(id)).toBe('{ "type": "obj');
  await expect(schema.saveVersion()).rejects.toMatchObject({ code: 'not-json' });
  schema.typed('true');
  expect([schema.value, schema.fault]).toEqual([undefined, null]);
});

test('a version has the text as it is, and there is nothing more to save', async () => {
  const { schema, workbench, said } = await openOne();
  expect([schema.version, schema.isChanged]).toEqual([1, false]);
  schema.typed(OTHER);
  schema.strict = false;
  expect(schema.isChanged).toBe(true);
  expect(await schema.saveVersion('second')).toBe(2);
  expect([schema.version, schema.isChanged]).toEqual([2, false]);
  expect(schema.versions.at(-1)).toMatchObject({ note: 'second', strict: false });
  expect([await schema.versionText(1), await schema.versionText(2)]).toEqual([TEXT, OTHER]);
  schema.name = 'human';
  expect(schema.isChanged).toBe(true);
  await workbench.saveVersion();
  expect(said.notices).toEqual(['Saved version 3 of human.']);
});

test('restoring saves what is there before, and undo takes it back', async () => {
  const { schema, workbench, said } = await openOne();
  schema.typed(OTHER);
  schema.description = 'new';
  await workbench.restoreVersion(1);
  expect([schema.text, schema.description]).toEqual([TEXT, '']);
  expect(schema.versions.map(({ note }) => note)).toEqual(['new', 'before restoring v1']);
  said.undo[0]!();
  expect([schema.text, schema.description]).toEqual([OTHER, 'new']);
  expect(said.errors).toEqual([]);
});

test('a change is made of the text that it was made for only', async () => {
  const { schema } = await openOne();
  const edit = { start: 10, end: 18, text: '"array"' };
  schema.change(OTHER, [edit]);
  expect(schema.text).toBe(TEXT);
  schema.change(TEXT, [edit]);
  expect(schema.text).toBe('{ "type": "array" }');
  const editor = {
    ...{ change: vi.fn(), select: vi.fn(), point: vi.fn(), run: vi.fn() },
    ...{ undo: vi.fn(), redo: vi.fn() },
  };
  schema.select(2, 8);
  schema.setEditor(editor);
  expect(editor.select).toHaveBeenCalledWith(2, 8);
  schema.setText('{ "type": "arrow" }');
  // Only what differs; the text is what the editor makes of it.
  expect(editor.change).toHaveBeenCalledWith(
    '{ "type": "array" }',
    [{ start: 14, end: 16, text: 'ow' }],
    false,
  );
  expect(schema.text).toBe('{ "type": "array" }');
});

test('what could not be written is said, kept and tried again', async () => {
  const { library, id, schema } = await openOne();
  library.refusals.set('save', { code: 'not-saved', message: 'The disk is full.' });
  schema.typed(OTHER);
  await schema.flush();
  expect([schema.saveFault, schema.isDirty, schema.text]).toEqual([
    'The disk is full.',
    true,
    OTHER,
  ]);
  await expect(schema.saveVersion()).rejects.toThrow('The disk is full.');
  library.refusals.clear();
  await schema.flush();
  expect([schema.saveFault, schema.isDirty, library.text(id)]).toEqual([null, false, OTHER]);
});

test('a failed change of the facts is over once they are written, and is tried again by itself', async () => {
  const { library, id, schema } = await openOne();
  library.refusals.set('describe', { code: 'not-saved', message: 'The disk is full.' });
  schema.strict = false;
  await schema.flush();
  expect(schema.saveFault).toBe('The disk is full.');
  library.refusals.clear();
  await vi.advanceTimersByTimeAsync(4999);
  expect(schema.isDirty).toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  expect([schema.saveFault, schema.isDirty]).toEqual([null, false]);
  expect(library.stored.get(id)!.about.strict).toBe(false);
  expect(await schema.saveVersion()).toBe(2);
});

test('a text that could not be written is tried again by itself', async () => {
  const { library, id, schema } = await openOne();
  library.refusals.set('save', { code: 'not-saved', message: 'The disk is full.' });
  schema.typed(OTHER);
  await schema.flush();
  await vi.advanceTimersByTimeAsync(5000);
  expect([schema.saveFault, library.count('save')]).toEqual(['The disk is full.', 2]);
  library.refusals.clear();
  await vi.advanceTimersByTimeAsync(5000);
  expect([schema.saveFault, library.text(id)]).toEqual([null, OTHER]);
});

test('where what is on disk can’t be read either, the next attempt is not lost with it', async () => {
  const { library, id, schema } = await openOne();
  library.refusals.set('save', { code: 'changed-outside', message: 'Changed.' });
  library.refusals.set('open', { code: 'broken', message: 'It can’t be read.' });
  schema.typed(OTHER);
  await schema.flush();
  expect([schema.saveFault, schema.outside]).toEqual(['It can’t be read.', null]);
  library.refusals.clear();
  await schema.flush();
  expect([schema.saveFault, library.text(id)]).toEqual([null, OTHER]);
});

test('no version is made of a text that something else wrote', async () => {
  const { library, id, schema } = await openOne();
  library.stored.get(id)!.text = OTHER;
  schema.typed('{ "mine": 1 }');
  await expect(schema.saveVersion()).rejects.toThrow('changed outside');
  await expect(schema.versionOfText()).rejects.toThrow('changed outside');
  expect([schema.version, schema.isChanged, library.stored.get(id)!.texts]).toEqual([
    1,
    true,
    [TEXT],
  ]);
  await schema.keepOwn();
  expect(await schema.saveVersion()).toBe(2);
  expect(await schema.versionText(2)).toBe('{ "mine": 1 }');
});

test.each(['save', 'saveVersion'])(
  'what is typed during %s is no part of the version',
  async (verb) => {
    const { library, schema } = await openOne();
    let go = () => {};
    library.waits.set(verb, new Promise((resolve) => (go = resolve)));
    schema.typed(OTHER);
    const saving = schema.saveVersion();
    await settled();
    schema.typed('{ "later": 1 }');
    schema.description = 'later';
    await vi.advanceTimersByTimeAsync(400);
    go();
    expect(await saving).toBe(2);
    expect([await schema.versionText(2), schema.isChanged]).toEqual([OTHER, true]);
    await schema.flush();
    expect([schema.description, schema.text, schema.outside]).toEqual([
      'later',
      '{ "later": 1 }',
      null,
    ]);
  },
);

test('what would be lost is neither closed nor deleted', async () => {
  const { library, id, schema, workbench, said } = await openOne();
  workbench.take(library.list);
  library.refusals.set('save', { code: 'not-saved', message: 'The disk is full.' });
  library.refusals.set('keepDraft', { code: 'not-saved', message: 'The disk is full.' });
  schema.typed(OTHER);
  await workbench.delete(id);
  expect(library.stored.has(id)).toBe(true);
  expect(said.errors[0]).toContain('The disk is full.');
  for (let at = 0; at < 21; at++) await workbench.open(library.add(`s${at}`, TEXT));
  await workbench.open(id);
  expect([workbench.current, workbench.current!.text]).toEqual([schema, OTHER]);
  // Nor while the person has not chosen.
  library.refusals.clear();
  await schema.flush();
  library.stored.get(id)!.text = TEXT;
  await schema.reread();
  await workbench.delete(id);
  expect([library.stored.has(id), said.errors[1]]).toEqual([
    true,
    expect.stringContaining('changed outside'),
  ]);
  for (let at = 0; at < 21; at++) await workbench.open(library.add(`t${at}`, TEXT));
  await workbench.open(id);
  expect([workbench.current!.text, schema.outside?.text]).toEqual([OTHER, TEXT]);
});

test('what something else wrote beside a draft is asked about', async () => {
  const { library, id, schema } = await openOne();
  schema.typed('{ "type":');
  await schema.flush();
  Object.assign(library.stored.get(id)!, { good: OTHER });
  schema.typed('{ "type": 1 }');
  await schema.flush();
  expect(schema.outside?.text).toBe(OTHER);
  schema.takeOutside();
  await schema.flush();
  expect([schema.text, library.text(id), schema.outside]).toEqual([OTHER, OTHER, null]);
});

test('a text that something else wrote is not written over: the person chooses', async () => {
  const { library, id, schema } = await openOne();
  library.stored.get(id)!.text = OTHER;
  schema.typed('{ "mine": 1 }');
  await schema.flush();
  expect(schema.outside).toMatchObject({ text: OTHER });
  expect([library.text(id), schema.text]).toEqual([OTHER, '{ "mine": 1 }']);
  await schema.keepOwn();
  expect([library.text(id), schema.outside]).toEqual(['{ "mine": 1 }', null]);
  library.stored.get(id)!.text = OTHER;
  await schema.reread();
  expect(schema.outside).toMatchObject({ text: OTHER });
  schema.takeOutside();
  expect([schema.text, schema.outside]).toEqual([OTHER, null]);
  await schema.flush();
  await schema.reread();
  expect([schema.outside, schema.isDirty]).toEqual([null, false]);
});

test('while the person has not chosen, what is typed is kept aside, and asked about again', async () => {
  const { library, id, schema } = await openOne();
  library.stored.get(id)!.text = OTHER;
  schema.typed('{ "mine": 1 }');
  await schema.flush();
  await vi.advanceTimersByTimeAsync(400);
  expect([library.text(id), library.drafts.get(id)]).toEqual([OTHER, '{ "mine": 1 }']);
  schema.typed('{ "mine": 2 }');
  await schema.flush();
  expect([library.text(id), library.drafts.get(id)]).toEqual([OTHER, '{ "mine": 2 }']);
  // The next start finds a draft that is JSON.
  const { workbench } = workbenchOn(library);
  await workbench.open(id);
  const again = workbench.current!;
  expect([again.text, again.outside?.text]).toEqual(['{ "mine": 2 }', OTHER]);
  again.takeOutside();
  await again.flush();
  expect([again.text, library.text(id), library.drafts.get(id)]).toEqual([OTHER, OTHER, undefined]);
});

test('one whose files are gone can be saved again', async () => {
  const { library, id, schema, workbench } = await openOne();
  library.stored.delete(id);
  schema.typed(OTHER);
  await schema.flush();
  expect(schema.outside).toEqual({ text: null, opened: null });
  await workbench.saveAnew(schema);
  expect(workbench.current!.id).not.toBe(id);
  expect(library.text(workbench.current!.id)).toBe(OTHER);
});

test('the one that was open last comes first at the next start, at its line', async () => {
  const library = new Library();
  library.add('a', TEXT);
  const second = library.add('b', TEXT);
  const { workbench, values } = workbenchOn(library, second);
  workbench.start();
  await settled();
  expect([workbench.current?.id, workbench.takeStartLine(), workbench.takeStartLine()]).toEqual([
    second,
    7,
    1,
  ]);
  await workbench.open('s1');
  expect(values.lastSchema).toBe('s1');
});

test('the 20 that were open last stay open, with what was typed', async () => {
  const library = new Library();
  const ids = Array.from({ length: 22 }, (_, at) => library.add(`s${at}`, TEXT));
  const { workbench } = workbenchOn(library);
  await workbench.open(ids[0]!);
  const first = workbench.current!;
  first.typed(OTHER);
  for (const id of ids.slice(1, 20)) await workbench.open(id);
  await workbench.open(ids[0]!);
  expect(workbench.current).toBe(first);
  for (const id of ids.slice(1)) await workbench.open(id);
  await workbench.open(ids[0]!);
  expect(workbench.current).not.toBe(first);
  expect(workbench.current!.text).toBe(OTHER);
});

test('deleting opens the one beside it, and undo brings the deleted one back', async () => {
  const library = new Library();
  const [a, b] = [library.add('a', TEXT), library.add('b', OTHER)];
  const { workbench, said } = workbenchOn(library);
  await workbench.open(a);
  workbench.current!.typed('{ "late": 1 }');
  await workbench.delete(a);
  expect([workbench.current?.id, library.stored.has(a)]).toEqual([b, false]);
  said.undo[0]!();
  await settled();
  expect([workbench.current?.id, workbench.current?.text]).toEqual([a, '{ "late": 1 }']);
});

test('renaming and duplicating', async () => {
  const { library, id, workbench, schema } = await openOne();
  workbench.take(library.list);
  await workbench.rename(id, 'human');
  expect([schema.name, library.stored.get(id)!.about.name]).toEqual(['human', 'human']);
  schema.typed(OTHER);
  await workbench.duplicate(id);
  expect(workbench.current).toMatchObject({ name: 'human_copy', text: OTHER });
});

test('the schema of a request is the one in the library that says the same, else a new one', async () => {
  const { library, id, workbench, said } = await openOne();
  workbench.take(library.list);
  const request = { schema: '{"type":"object"}', schemaName: 'person', strict: true };
  const compose = (given: object) =>
    ({ ...request, schemaDescription: '', ...given }) as unknown as Compose;
  await workbench.openFromCompose(compose({}));
  expect([workbench.current!.id, library.stored.size]).toEqual([id, 1]);
  await workbench.openFromCompose(compose({ schema: OTHER }));
  expect(workbench.current).toMatchObject({ name: 'person', text: OTHER });
  expect(said.shown).toEqual(['schemas', 'schemas']);
});
