import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseJson } from '../json.ts';
import { replyOf } from '../replay/reply-of.ts';
import { applyFaults } from './apply-faults.ts';
import { FAULT_NAMES, kindOf } from './fault-kinds.ts';
import type { Fault } from './fault-list.ts';
import { faultsDocument } from './faults-document.ts';
import { parseFaults } from './parse-faults.ts';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
const page = read('docs/faults.md').toString();
const blocks = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, text]) => text!);

/** A stream of Responses with times and a character of several bytes, so that every kind finds something. */
const person = read('examples/person.sse').toString().replaceAll('Alice', 'Zoë');
const recorded = replyOf({
  ...{ request: null, response: null, timing: null, end: null, chunks: null, wire: null },
  body: new TextEncoder().encode(person),
});

test('docs/faults.md is what the kinds say: run `npm run rules-doc`', () => {
  expect(page).toBe(faultsDocument());
});

test('every kind is documented with each of its parameters', () => {
  for (const name of FAULT_NAMES) {
    const section = page.split(`\n### ${name}\n`)[1]?.split(/\n##+ /)[0] ?? '';
    for (const parameter of Object.keys(kindOf(name).parameters))
      expect(section, name).toContain(`\n| \`${parameter}\` |`);
    expect(section, name).toContain('```json');
  }
});

test('every example is read, and does what it is for', () => {
  const [list, ...steps] = blocks;
  expect(parseFaults(list!).ok).toBe(true);
  expect(steps).toHaveLength(FAULT_NAMES.length);
  for (const [at, text] of steps.entries()) {
    const fault = parseJson(text) as unknown as Fault;
    expect(fault.kind).toBe(FAULT_NAMES.filter((name) => text.includes(`"kind":"${name}"`))[0]);
    const parsed = parseFaults(`{"version":1,"name":"","seed":1,"faults":[${text}]}`);
    expect(parsed, text).toMatchObject({ ok: true });
    if (!parsed.ok) continue;
    const { outcomes } = applyFaults(recorded, parsed.list, 1);
    expect(outcomes[0], `${at}: ${text}`).toMatchObject({ became: 'applied' });
  }
});
