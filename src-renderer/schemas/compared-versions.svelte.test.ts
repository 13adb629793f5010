import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ComparedVersions } from './compared-versions.svelte.ts';
import { differencesOf } from './differences.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const TEXTS = ['', '{"enum":["a"]}', '{"enum":["a","b"]}', '{"enum":["b"]}'];
const version = (number: number) => ({
  number,
  at: '',
  name: 'n',
  description: '',
  strict: true,
  kind: 'format' as const,
  note: '',
});

/** A schema with three versions. */
function schemaWith(changes: Partial<ReturnType<typeof plain>> = {}) {
  return { ...plain(), ...changes };
}
function plain() {
  return {
    id: 's',
    text: TEXTS[3]!,
    versions: [1, 2, 3].map(version),
    isChanged: false,
    asked: [] as number[],
    versionText(number: number) {
      this.asked.push(number);
      return Promise.resolve(TEXTS[number]!);
    },
  };
}

async function comparedOf(schema: ReturnType<typeof plain>) {
  const versions = new ComparedVersions(
    () => schema,
    (before, after) => Promise.resolve(differencesOf(before, after)),
    (error) => expect.fail(String(error)),
  );
  const settle = async (ms: number) => {
    const end = versions.follow();
    await vi.advanceTimersByTimeAsync(ms);
    return end;
  };
  await settle(0);
  return { versions, settle };
}

test('without a choice the last step is shown', async () => {
  const { versions } = await comparedOf(schemaWith());
  expect([versions.older, versions.newer]).toEqual([2, 3]);
  expect(versions.compared).toMatchObject({ before: TEXTS[2], after: TEXTS[3], breaking: 0 });
  const typed = await comparedOf(schemaWith({ isChanged: true, text: '{"enum":["c"]}' }));
  expect([typed.versions.older, typed.versions.newer]).toEqual([3, 'now']);
  expect(typed.versions.compared?.breaking).toBe(1);
});

test('a version is read once, and what is typed is waited for', async () => {
  const schema = schemaWith({ isChanged: true });
  const { versions, settle } = await comparedOf(schema);
  expect(schema.asked).toEqual([3]);
  schema.text = '{"enum":["b","c"]}';
  const end = versions.follow();
  await vi.advanceTimersByTimeAsync(299);
  expect(versions.compared?.after).toBe(TEXTS[3]);
  end();
  schema.text = '{"enum":["b","d"]}';
  await settle(300);
  expect(versions.compared?.after).toBe('{"enum":["b","d"]}');
  expect(schema.asked).toEqual([3]);
});

test('choices hold for their schema, as long as the versions are there', async () => {
  const schema = schemaWith();
  const { versions, settle } = await comparedOf(schema);
  versions.choose('older', '1');
  expect([versions.older, versions.newer]).toEqual([1, 3]);
  versions.swap();
  expect([versions.older, versions.newer]).toEqual([3, 1]);
  await settle(0);
  expect(versions.compared).toMatchObject({ before: TEXTS[3], after: TEXTS[1], breaking: 1 });
  schema.versions = [2, 3].map(version);
  expect([versions.older, versions.newer]).toEqual([2, 3]);
});

test('a text that is not JSON has no changes, and says which it is', async () => {
  const { versions } = await comparedOf(schemaWith({ isChanged: true, text: '{' }));
  expect(versions.compared).toMatchObject({ changes: null, fault: 'The newer text is not JSON.' });
});

test('what could not be compared says why, and the texts are there', async () => {
  const versions = new ComparedVersions(
    () => schemaWith(),
    () => Promise.reject(new Error('Comparing was ended after 10 seconds.')),
    (error) => expect.fail(String(error)),
  );
  versions.follow();
  await vi.advanceTimersByTimeAsync(0);
  expect(versions.compared).toMatchObject({
    before: TEXTS[2],
    after: TEXTS[3],
    changes: null,
    fault: 'Comparing was ended after 10 seconds.',
  });
});
