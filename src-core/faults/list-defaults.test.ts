import { expect, test } from 'vitest';
import { parseFaults } from './parse-faults.ts';

const STEPS = '"version":1,"faults":[{"kind":"drop","at":8}]';
const faults = [{ kind: 'drop', at: 8 }];

test('a list written by hand needs no name and no seed', () => {
  expect(parseFaults(`{${STEPS}}`, 'C:\\lists\\Cut twice.JSON')).toEqual({
    ok: true,
    list: { version: 1, name: 'Cut twice', seed: 1, faults },
  });
  expect(parseFaults(`{${STEPS}}`, 'a/b.v2')).toMatchObject({ list: { name: 'b.v2', seed: 1 } });
  expect(parseFaults(`{${STEPS}}`)).toMatchObject({ list: { name: 'Faults' } });
  expect(parseFaults(`{${STEPS}}`, 'x'.repeat(300))).toMatchObject({ ok: true });
  expect(parseFaults(`{${STEPS},"name":"Mine","seed":7}`, 'b.json')).toMatchObject({
    list: { name: 'Mine', seed: 7 },
  });
});

test('those that are there have to be right', () => {
  for (const wrong of ['"name":null', '"name":5', '"seed":-1', '"seed":null'])
    expect(parseFaults(`{${wrong},${STEPS}}`, 'b.json')).toMatchObject({
      ok: false,
      errors: [{ pointer: `/${wrong.slice(1, 5)}` }],
    });
});
