import { expect, test } from 'vitest';
import { COMMANDS } from './program.ts';
import { run } from './testing/run.ts';

test('the help names every command, and each has a help of its own with examples', async () => {
  const { code, out } = await run(['--help']);
  expect(code).toBe(0);
  for (const { name, summary } of COMMANDS) {
    expect(out).toContain(`  ${name}`);
    expect(out.replace(/\s+/g, ' ')).toContain(summary);
    const own = await run([name, '--help']);
    expect(own.out).toContain(`Usage: deltascope ${name} `);
    expect(own.out).toMatch(/Examples:\n {2}\S/);
    expect(own).toEqual(await run(['help', name]));
  }
  expect((await run([])).out).toBe(out);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('the version is that of the package', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, out: '0.1.0\n', err: '' });
});

test.each([
  [['inspct', 'a.sse'], 'There is no command "inspct".', 'Did you mean deltascope inspect?'],
  [['nothing-like-it'], 'There is no command "nothing-like-it".', 'The commands are inspect'],
  [['--format', 'x', 'inspect'], '--format stands before the command.', 'Options come after it.'],
  [['inspect', '--fromat', 'jsonl', 'a'], 'no option --fromat.', 'Did you mean --format?'],
  [['inspect', '-x', 'a'], 'There is no option -x.', 'See deltascope inspect --help.'],
  [
    ['inspect', '--format', 'jsnl', 'a'],
    '"jsnl"',
    'Did you mean jsonl? It is one of: table, jsonl.',
  ],
  [['inspect', 'a', '--format'], '--format needs a value: table, jsonl.', 'See deltascope inspect'],
  [['inspect', '--help=yes', 'a'], '--help takes no value, and got "yes".', 'See deltascope'],
  [['inspect', '-', '-'], 'Standard input (-) can be read only once.', 'See deltascope inspect'],
  [['inspect'], 'There is nothing to read.', 'Name a file, or -'],
])('%j is refused with what to do', async (args, fact, advice) => {
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(fact);
  expect(err).toContain(advice);
});

test('after -- everything is a file', async () => {
  const { code, err } = await run(['inspect', '--', '--format']);
  expect({ code, err }).toEqual({
    code: 2,
    err: "deltascope: --format can't be read: there is no such file. Check the name.\n",
  });
});
