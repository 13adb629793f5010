import { expect, test } from 'vitest';
import { isFaultList } from './fault-list.ts';
import { parseFaults } from './parse-faults.ts';

const errorsOf = (text: string) => {
  const parsed = parseFaults(text);
  return parsed.ok ? [] : parsed.errors;
};
/** What is said of one step, and where. */
const stepErrors = (step: string) =>
  errorsOf(`{"version":1,"name":"x","seed":1,"faults":[\n  ${step}\n]}`).map(
    ({ line, column, pointer, message }) => `${line}:${column} ${pointer} ${message}`,
  );

test('a text that is no list says where it goes wrong', () => {
  expect(errorsOf('{"version":1,\n "name" "x"}')).toEqual([
    { line: 2, column: 9, pointer: '', message: 'no JSON: ":" was expected, but there is "\\""' },
  ]);
  expect(errorsOf('[]')[0]!.message).toMatch(/^A list of faults is an object/);
  expect(
    errorsOf('{"version":2,"name":"x","seed":-1,"faults":{},"step":1}').map(
      ({ pointer }) => pointer,
    ),
  ).toEqual(['/step', '/version', '/seed', '/faults']);
});

test('a step says what is wrong with it, and what is allowed', () => {
  expect(stepErrors('{"kind":"drop","at":3}')).toEqual([]);
  expect(stepErrors('{"kind":"dorp","at":3}')).toEqual([
    '2:11 /faults/0/kind There is no kind "dorp": do you mean "drop"?',
  ]);
  expect(stepErrors('{"kind":"drop"}')).toEqual([
    '2:3 /faults/0/at "at" is missing: events: 3, 3..7, 5.., last, 50% or type:*.delta.',
  ]);
  expect(stepErrors('{"kind":"drop","at":"7..3"}')).toEqual([
    '2:23 /faults/0/at "at": "7..3" ends before it begins.',
  ]);
  expect(stepErrors('{"kind":"stall","at":1,"ms":"ever"}')).toEqual([
    '2:31 /faults/0/ms "ms" is a whole number from 0 to 3600000 ms, or "forever".',
  ]);
  expect(stepErrors('{"kind":"cut-byte","byte":9,"ends":"rst"}')).toEqual([
    '2:31 /faults/0/ends "cut-byte" has no "ends": do you mean "ending"?',
  ]);
  expect(stepErrors('{"kind":"bom","zzzzzz":1}')).toEqual([
    '2:17 /faults/0/zzzzzz "bom" has no "zzzzzz": it has kind, chance, onRequests, off',
  ]);
  expect(stepErrors('{"kind":"drop","at":3,"chanse":0.5}')[0]).toContain('do you mean "chance"?');
  expect(stepErrors('{"kind":"drop","at":3,"onRequests":"0%"}')[0]).toContain(
    'write 1, 1..2 or 3..',
  );
  expect(stepErrors('{"kind":"redirect","to":"a\\r\\nset-cookie: b"}')[0]).toContain('on one line');
  expect(stepErrors('7')[0]).toContain('A step is an object');
});

test('what comes over the contract is as strict', () => {
  const list = { version: 1, name: 'x', seed: 1, faults: [{ kind: 'bom' }] };
  expect(isFaultList(list)).toBe(true);
  for (const wrong of [
    null,
    [],
    { ...list, seed: 0.5 },
    { ...list, faults: [{ kind: 'toString' }] },
    { ...list, faults: [{ kind: 'bom', at: 1 }] },
    { ...list, faults: Array.from({ length: 201 }, () => ({ kind: 'bom' })) },
  ])
    expect(isFaultList(wrong)).toBe(false);
});
