import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'shell-quote';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { temporaryFolder } from '../src-main/testing/temporary-folder.ts';
import { optionsOf } from './help.ts';
import { COMMANDS } from './program.ts';
import { root, run } from './testing/run.ts';

const page = readFileSync(join(root, 'docs/command-line.md'), 'utf8');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The lines of shell code, and the steps of workflows, that call the program. */
function callsIn(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/```(?:sh|yaml)?\n([\s\S]*?)```/g)].map(([, code]) => code!);
  // A pipe at the end of a line goes on in the next one.
  const lines = blocks.flatMap((code) => code.replace(/\|\n +(?=node)/g, '| ').split('\n'));
  return lines
    .map((line) => line.replace(/^\s*- run: /, '').trim())
    .filter((line) =>
      /^(?:[^#]*\| *)?(?:npx |node \S*)?(?:deltascope|bin\/deltascope\.mjs) /.test(line),
    );
}

/** What the shell hands to the program; the commands around it are not run. */
function argumentsOf(line: string, files: readonly string[]): { args: string[]; isPiped: boolean } {
  const words = parse(line, () => '');
  const starts = words.findIndex(
    (word) => typeof word === 'string' && /\bdeltascope(\.mjs)?$/.test(word),
  );
  const rest = words.slice(starts + 1);
  const isEnd = (word: (typeof words)[number]) =>
    typeof word === 'object' && ('comment' in word || word.op !== 'glob');
  const end = rest.findIndex(isEnd);
  const own = end < 0 ? rest : rest.slice(0, end);
  const args = own.flatMap((word) => {
    if (typeof word === 'string') return [word];
    // The only pattern that the examples have.
    expect(word).toEqual({ op: 'glob', pattern: 'examples/*.sse' });
    return files.filter((file) => file.endsWith('.sse')).map((file) => `examples/${file}`);
  });
  return { args, isPiped: words.slice(0, starts).some(isEnd) };
}

const examples = readdirSync(join(root, 'examples'));
const all = [
  ...COMMANDS.flatMap((command) => command.examples.map((example) => example.command)),
  ...callsIn(page),
  ...callsIn(readme),
];

test.each([...new Set(all)])('%s', async (line) => {
  const workingDirectory = temporaryFolder();
  symlinkSync(join(root, 'examples'), join(workingDirectory, 'examples'));
  const { args, isPiped } = argumentsOf(line, examples);
  const person = readFileSync(join(root, 'examples/person.sse'));
  const { code, out, err } = await run(args, {
    workingDirectory,
    ...(isPiped && { stdin: [person] }),
    // Servers start, and are asked to end.
    stopped: Promise.resolve(),
  });
  // Among the examples is one in which the server reports an error, and no two of them are the same.
  const isFound =
    (args[0] === 'lint' && args.includes('examples/rate-limit.sse')) ||
    (args[0] === 'diff' && !args.includes('-'));
  const remarks = /^(?:deltascope: (?:[Ll]eft|struck) out\b|Serving |Recording ).*\n/gm;
  expect({ code, err: err.replace(remarks, '') }).toEqual({
    code: isFound ? 1 : 0,
    err: '',
  });
  if (!args.includes('capture')) expect(out).not.toBe('');
});

describe('the page', () => {
  const sections = new Map(page.split(/^## /m).map((text) => [text.split('\n', 1)[0]!, text]));

  test.each(COMMANDS.map((command) => [command.name, command] as const))(
    'has all options of %s, and their choices',
    (name, command) => {
      expect(page).toContain(`| \`deltascope ${name}\` |`);
      const text = `${sections.get(name)}\n${sections.get('Options of every command')}`;
      for (const { name: option, short, value, choices } of optionsOf(command)) {
        expect(text).toContain(`--${option}${value ? ` ${value}` : ''}\``);
        if (short) expect(text).toContain(`\`-${short}\``);
        for (const choice of choices ?? []) expect(text).toContain(`\`${choice}\``);
      }
      // Nothing that the program does not know.
      for (const [, option] of sections.get(name)!.matchAll(/^\| (?:`-\w`, )?`--([\w-]+)/gm))
        expect(optionsOf(command).map((one) => one.name)).toContain(option);
    },
  );

  test('has workflows that are YAML', () => {
    const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)];
    expect(blocks).toHaveLength(3);
    for (const [, code] of blocks) expect(parseYaml(code!)).toBeTruthy();
  });
});
