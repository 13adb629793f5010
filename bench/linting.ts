import { fixAll } from '../src-core/strict-schema/fixing.ts';
import { lintSchema } from '../src-core/strict-schema/lint.ts';
import { measure, median } from './measure.ts';
import { fixed, printTable } from './table.ts';

const OPTIONS = { target: 'openai' } as const;

/** A schema of 5,000 properties in 100 objects; as strict mode wants it, or with none of them required. */
function schemaText(isStrict: boolean): string {
  const closed = (names: string[]) =>
    isStrict ? { required: names, additionalProperties: false } : {};
  const names = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, at) => `${prefix}${at}`);
  const leaf = { type: 'string', description: 'What stands in this field, in a few words.' };
  const inner = names(49, 'field');
  const properties = Object.fromEntries(inner.map((name) => [name, leaf]));
  const group = { type: 'object', properties, ...closed(inner) };
  const outer = names(100, 'group');
  const groups = Object.fromEntries(outer.map((name) => [name, group]));
  return JSON.stringify({ type: 'object', properties: groups, ...closed(outer) }, null, 2);
}

export async function linting(): Promise<void> {
  const rows: string[][] = [];
  for (const [name, text] of [
    ['strict', schemaText(true)],
    ['no property required', schemaText(false)],
  ] as const) {
    const tasks = [
      { name: 'lint', run: () => lintSchema(text, OPTIONS) },
      { name: 'fix', run: () => fixAll(text, OPTIONS) },
      { name: 'parse', run: () => JSON.parse(text) as unknown },
    ];
    const times = await measure(tasks);
    rows.push([
      name,
      fixed(text.length / 1e3, 0),
      fixed(lintSchema(text, OPTIONS).findings.length, 0),
      ...tasks.map((task) => fixed(median(times, task.name))),
    ]);
  }
  console.log('Linting a schema of 5,000 properties, as at each pause in typing');
  const heading = [
    'median of 9 rounds',
    'KB',
    'findings',
    'lint ms',
    'fix all ms',
    'JSON.parse ms',
  ];
  printTable(heading, rows);
}
