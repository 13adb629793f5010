import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../src-main/testing/temporary-folder.ts';
import { run } from '../testing/run.ts';

// Plain event streams, so that only the rules of the wire format speak (docs/wire-format.md).
const CLEAN = 'data: {"a":1}\n\n';
const NOTE = `\ufeff${CLEAN}`;
const WARNING = `${CLEAN}fields: are others\n${CLEAN}`;
const ERROR = `${CLEAN}: a comment\ndata: {"a":\n\n`;

interface Json {
  streams: { name: string; findings: JsonFinding[]; error: { message: string } | null }[];
  summary: object;
}
interface JsonFinding {
  rule: string;
  severity: string;
  event: number;
  line: number;
  start: number;
  end: number;
  message: string;
}

/** A folder with these files, and a lint in it. */
function folderWith(files: Record<string, string>) {
  const workingDirectory = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(workingDirectory, name, '..'), { recursive: true });
    writeFileSync(join(workingDirectory, name), text);
  }
  const lint = (args: string[], env: Record<string, string> = {}) =>
    run(['lint', ...args], { workingDirectory, env });
  const findings = async (name: string) => {
    const { out } = await lint(['-f', 'json', name]);
    return (JSON.parse(out) as Json).streams[0]!.findings;
  };
  return { workingDirectory, lint, findings };
}

describe('the exit code', () => {
  const files = {
    clean: CLEAN,
    note: NOTE,
    warning: WARNING,
    error: ERROR,
    empty: '',
    html: '<p>',
  };
  test.each([
    [[], 0, ['clean', 'note', 'warning']],
    [[], 1, ['error']],
    [['--fail-on', 'error'], 0, ['clean', 'note', 'warning']],
    [['--fail-on', 'warning'], 1, ['warning', 'error']],
    [['--fail-on', 'warning'], 0, ['clean', 'note']],
    [['--fail-on', 'note'], 1, ['note', 'warning', 'error']],
    [['--fail-on', 'note'], 0, ['clean']],
    [[], 2, ['empty', 'html', 'missing', 'error missing', 'missing clean']],
    [['--level', 'error', '--fail-on', 'note'], 1, ['note']],
  ])('with %j is %i for each of %j', async (options, code, inputs) => {
    const { lint } = folderWith(files);
    for (const input of inputs)
      expect((await lint([...options, ...input.split(' ')])).code, input).toBe(code);
  });

  test('counts what is too much to be listed', async () => {
    const { lint } = folderWith({ many: 'fields: x\n\n'.repeat(10_001) + ERROR });
    const { code, out } = await lint(['many']);
    expect(code).toBe(1);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(
      /^many: 1 error, 10,001 warnings, .*not listed/,
    );
  });
});

test('text has a line for each finding, one for each file, one for all', async () => {
  const { lint, findings } = folderWith({ 'a.sse': ERROR, 'b.sse': CLEAN });
  const { out, err } = await lint(['a.sse', 'missing', 'b.sse']);
  const [{ rule, message }] = (await findings('a.sse')) as [JsonFinding];
  expect(message).toContain('not JSON');
  expect(out.trimEnd().split('\n')).toEqual([
    `a.sse:4: error: #1 ${message} [${rule}]`,
    'a.sse: 1 error (2 events, Plain events)',
    'b.sse: clean (1 event, Plain events)',
    '3 streams: 1 error, 1 could not be read',
  ]);
  expect(err).toBe("deltascope: missing can't be read: there is no such file. Check the name.\n");
});

test('json says the bytes of each finding', async () => {
  const { lint } = folderWith({ 'a.sse': ERROR });
  const { out } = await lint(['-f', 'json', 'a.sse', 'missing']);
  const { streams, summary } = JSON.parse(out) as Json;
  const [finding] = streams[0]!.findings;
  expect(finding).toMatchObject({ severity: 'error', event: 1, line: 4 });
  expect(ERROR.slice(finding!.start, finding!.end)).toBe('data: {"a":\n');
  expect(streams[1]).toMatchObject({ name: 'missing', findings: [] });
  expect(streams[1]!.error?.message).toContain('no such file');
  const counts = { error: 1, warning: 0, note: 0 };
  expect(summary).toMatchObject({ streams: 1, unreadable: 1, counts, silenced: 0, unlisted: 0 });
});

test('findings of a live stream are told as they come', async () => {
  const seen: string[] = [];
  let told = '';
  async function* chunks() {
    for (const chunk of [ERROR, CLEAN, WARNING]) {
      yield Buffer.from(chunk);
      seen.push(told);
      told = '';
    }
  }
  const ran = await run(['lint', '-'], { stdin: chunks(), onOut: (text) => (told += text) });
  expect(ran.code).toBe(1);
  expect(seen.map((text) => text.split('\n').length - 1)).toEqual([1, 0, 1]);
  expect(seen[0]).toMatch(/^\(standard input\):4: error: #1 /);
  // The lines and events before it: four of ERROR's and one that is blank, two of CLEAN, two of WARNING.
  expect(seen[2]).toMatch(/^\(standard input\):10: warning: #4 /);
});

test('what is silenced is counted and nothing else; what is below the level is counted as always', async () => {
  const { lint, findings, workingDirectory } = folderWith({ 'a.sse': WARNING + ERROR });
  const rules = (await findings('a.sse')).map(({ rule }) => rule);
  const [warning, error] = rules as [string, string];
  const silent = await lint(['--silence', `${error},${warning}`, 'a.sse']);
  expect(silent).toMatchObject({
    code: 0,
    out: 'a.sse: clean, 2 silenced (4 events, Plain events)\n',
  });
  const high = await lint(['--level', 'error', 'a.sse']);
  expect(high.out.split('\n')).toHaveLength(3);
  expect(high.out).toContain('1 error, 1 warning');

  // A capture brings the rules along that a person silenced in it.
  const capture = ['convert', '--to', 'capture', '-o', 'capture', 'a.sse'];
  await run(capture, { workingDirectory });
  const path = join(workingDirectory, 'capture/capture.json');
  const meta = { version: 1, id: 'x', name: 'x', createdAt: '', origin: { kind: 'paste' } };
  const rest = { request: null, response: null, timing: null, end: null, timed: false };
  writeFileSync(path, JSON.stringify({ ...meta, ...rest, silenced: [error] }));
  expect((await lint(['capture'])).out).toContain('capture: 1 warning, 1 silenced (4 events');
});

describe('for GitHub', () => {
  test('a finding is an annotation at its file and line', async () => {
    const { lint, findings } = folderWith({ 'sub/a,b:c%.sse': ERROR, 'note.sse': NOTE });
    const [{ rule, message }] = (await findings('sub/a,b:c%.sse')) as [JsonFinding];
    const { code, out } = await lint(['-f', 'github', 'sub/a,b:c%.sse', 'note.sse']);
    expect(code).toBe(1);
    const lines = out.split('\n');
    expect(lines[0]).toBe(
      `::error file=sub/a%2Cb%3Ac%25.sse,line=4,title=${rule}%2C event 1::${message}`,
    );
    expect(lines.some((line) => line.startsWith('::notice file=note.sse,line=1,'))).toBe(true);
  });

  test('paths are relative to the checkout', async () => {
    const { lint, workingDirectory } = folderWith({ 'a.sse': ERROR });
    const env = { GITHUB_WORKSPACE: join(workingDirectory, '..') };
    const name = workingDirectory.split(/[\\/]/).at(-1)!;
    expect((await lint(['-f', 'github', 'a.sse'], env)).out).toContain(`file=${name}/a.sse,`);
  });
});

describe('SARIF', () => {
  interface Log {
    $schema: string;
    version: string;
    runs: {
      tool: { driver: { name: string; version: string; rules: { id: string }[] } };
      invocations: { executionSuccessful: boolean; toolExecutionNotifications: object[] }[];
      artifacts: { location: { uri: string }; length: number }[];
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: {
          physicalLocation: {
            artifactLocation: { uri: string };
            region: { startLine: number; byteOffset: number; byteLength: number };
          };
        }[];
      }[];
    }[];
  }

  test('has what its schema and code scanning ask for', async () => {
    const { lint, findings } = folderWith({ 'one two.sse': ERROR + WARNING, 'b.sse': NOTE });
    const { code, out } = await lint(['-f', 'sarif', 'one two.sse', 'b.sse', 'missing']);
    expect(code).toBe(2);
    const log = JSON.parse(out) as Log;
    expect([log.version, log.runs.length]).toEqual(['2.1.0', 1]);
    expect(new URL(log.$schema).pathname).toContain('sarif-2.1.0');
    const { tool, invocations, artifacts, results } = log.runs[0]!;
    const { driver } = tool;
    expect(driver.name).toBe('deltascope');
    expect(new Set(driver.rules.map(({ id }) => id)).size).toBe(driver.rules.length);
    const expected = [...(await findings('one two.sse')), ...(await findings('b.sse'))];
    expect(results).toHaveLength(expected.length);
    results.forEach((result, at) => {
      const { rule, severity, message, line, start, end } = expected[at]!;
      expect(result.ruleId).toBe(rule);
      expect(driver.rules[result.ruleIndex]!.id).toBe(rule);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect([result.level, result.message.text]).toEqual([severity, message]);
      const { region, artifactLocation } = result.locations[0]!.physicalLocation;
      expect(region).toEqual({ startLine: line, byteOffset: start, byteLength: end - start });
      expect(artifactLocation.uri).toMatch(/^(one%20two|b)\.sse$/);
    });
    expect(artifacts.map(({ location, length }) => [location.uri, length])).toEqual([
      ['one%20two.sse', Buffer.byteLength(ERROR + WARNING)],
      ['b.sse', Buffer.byteLength(NOTE)],
    ]);
    expect(invocations).toHaveLength(1);
    expect(invocations[0]!.executionSuccessful).toBe(false);
    expect(invocations[0]!.toolExecutionNotifications).toHaveLength(1);
  });

  test('is whole where nothing was found', async () => {
    const { lint } = folderWith({ 'a.sse': CLEAN });
    const { code, out } = await lint(['-f', 'sarif', 'a.sse']);
    const { runs } = JSON.parse(out) as Log;
    expect({ code, results: runs[0]!.results }).toEqual({ code: 0, results: [] });
  });
});

test('what a server is known to do is a note that names it, in the counts as well', async () => {
  // GitHub Copilot's proxy gives items another id at each event, by which it is known in the end.
  const name =
    'src-core/testing/recordings/openai-responses/jsonl/vercel-openai-github-copilot-id-rotation.1.jsonl';
  const known = await run(['lint', name]);
  const lines = known.out.trimEnd().split('\n');
  expect(known.code).toBe(0);
  expect(lines.at(-1)).toMatch(/: \d+ notes \(69 events, OpenAI Responses, GitHub Copilot\)$/);
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/: note: #\d+ .*GitHub Copilot/);
  const unknown = await run(['lint', '--profile', 'none', name]);
  expect(unknown.code).toBe(1);
  expect(unknown.out).not.toContain('Copilot:');
});

test('a file name can neither break a line nor give commands to what reads it', async () => {
  const workingDirectory = temporaryFolder();
  const name = 'a\n::error::x\u001b[2J.sse';
  writeFileSync(join(workingDirectory, name), NOTE);
  for (const format of ['text', 'github']) {
    const { out } = await run(['lint', '-f', format, name], { workingDirectory });
    expect(out).not.toMatch(/^::error::x/m);
    expect(out.split('\n').at(-2)).not.toContain('\u001b');
  }
  const { err } = await run(['lint', `${name}.gone`], { workingDirectory });
  expect(err.trimEnd()).not.toContain('\n');
});
