import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ROW_KINDS } from './alignment.ts';
import { LEFT_OUT, LEFT_OUT_OF_ENVELOPE } from './left-out.ts';
import { MOST_EDITS } from './match-keys.ts';

const text = readFileSync(new URL('../../docs/compare.md', import.meta.url), 'utf8');
const section = (name: string) => text.split(`## ${name}\n`)[1]!.split('\n## ')[0]!;

it('names what is left out, and nothing else', () => {
  const [anywhere = '', envelope = ''] = section('What is left out').split('In an event itself');
  const names = (part: string) => [...part.matchAll(/`(\w+)`/g)].map(([, name]) => name!).sort();
  expect(names(anywhere)).toEqual([...LEFT_OUT].sort());
  expect(names(envelope)).toEqual([...LEFT_OUT_OF_ENVELOPE].sort());
});

it('explains each kind of row, and the limit', () => {
  for (const kind of ROW_KINDS) expect(section('Rows')).toContain(`| ${kind} |`);
  expect(section('Limits')).toContain(MOST_EDITS.toLocaleString('en'));
});
