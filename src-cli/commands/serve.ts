import { countOf, fractionOf } from '../arguments/amounts.ts';
import type { Call, Command } from '../command.ts';
import { EXIT, UsageError } from '../failure.ts';
import { faultsOf } from '../servers/fault-file.ts';
import { matchingOf } from '../servers/matching.ts';
import { portOf, runServer, SERVER_OPTIONS, ServerLog } from '../servers/run-server.ts';
import type { ServedConfig } from '../servers/serve-sources.ts';
import { speedOf } from '../servers/speed.ts';
import { outFolder, upstreamOf } from '../servers/upstream.ts';
import { eachSource } from '../sources/each-source.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'serve recordings to clients, as they came',
  usage: '[OPTION...] FILE...',
  takes: 'named',
  description: [
    'Answers requests with what was recorded: the same bytes in the same chunks, with status and headers ' +
      'where they are known. Its base URL is the first line of standard output; what was asked and ' +
      'served goes to standard error.',
    'A FILE is what every other command reads, or a folder with such files and captures. A recording ' +
      'without its request, such as a file of events, answers whatever is asked of its protocol.',
    'It listens on 127.0.0.1 only, until Ctrl+C or SIGTERM, and ends with exit code 0; 2 means that it ' +
      'could not start.',
  ],
  options: [
    {
      name: 'speed',
      value: 'SPEED',
      text: 'recorded (the default), instant, a factor (2, 0.5x) or a rate (20/s, 5chunks/s).',
    },
    { name: 'jitter', value: 'FRACTION', text: 'Gaps of a rate vary by up to this, 0 to 1.' },
    { name: 'seed', value: 'N', text: 'Of what is left to chance in a rate: 1 by default.' },
    {
      name: 'match',
      value: 'WHAT',
      many: true,
      text: 'By what requests are told apart: method, path, model (these three by default), body (the same JSON), JSON pointers into it (/messages/0/content), or none. Several times, or with commas.',
    },
    {
      name: 'choice',
      value: 'CHOICE',
      choices: ['turn', 'calls', 'first'],
      text: 'Of several recordings that fit: turn (the default) one after the other, round and round; calls likewise, and one call too many is a miss; first always the first.',
    },
    {
      name: 'faults',
      value: 'FILE',
      text: 'Break what is served by this list of faults, as the app saves it (docs/faults.md).',
    },
    {
      name: 'record-from',
      value: 'URL',
      text: 'What no recording answers goes to this upstream, and is recorded and served from then on.',
    },
    {
      name: 'out',
      short: 'o',
      value: 'FOLDER',
      text: 'The folder for what --record-from records, made where it is missing: recordings by default.',
    },
    ...SERVER_OPTIONS,
  ],
  examples: [
    { command: 'deltascope serve examples/person.sse', text: 'One recording, on a free port.' },
    {
      command: 'deltascope serve --port 4010 --speed instant examples/*.sse',
      text: 'Several for a test, at once, on a port that is known.',
    },
    {
      command: 'deltascope serve --speed 20/s --jitter 0.3 --until-eof examples/web-search.sse',
      text: 'Uneven, for a program that starts it and holds its standard input.',
    },
  ],
  async run(call) {
    const config = configOf(call);
    if (call.values.flag('until-eof') && call.inputs.includes('-'))
      throw new UsageError('--until-eof waits for what - reads.', 'Leave one of them out.');
    // Whoever only asks for help does not wait for the server's packages.
    const { serveSources } = await import('../servers/serve-sources.ts');
    const { recordingOf } = await import('../servers/recordings.ts');
    const recordings: Awaited<ReturnType<typeof recordingOf>>[] = [];
    const code = await eachSource(call, async (source) => {
      recordings.push(await recordingOf(source));
    });
    // A test that runs without one of its recordings tests something else.
    if (code !== EXIT.clean) return code;
    const log = new ServerLog(call);
    const folder = config.recordFrom === null ? null : outFolder(call).path;
    const { server, close } = serveSources(call, recordings, config, { log, folder });
    try {
      return await runServer(call, server, (url) => {
        const [first] = recordings;
        const what = recordings.length === 1 ? first!.name : `${recordings.length} recordings`;
        log.line(`Serving ${what} at ${url}. OPENAI_BASE_URL=${url}/v1 ANTHROPIC_BASE_URL=${url}`);
      });
    } finally {
      close();
    }
  },
};

/** @throws UsageError */
function configOf(call: Call): ServedConfig {
  const { values } = call;
  const jitter = fractionOf(values, 'jitter') ?? 0;
  const seed = countOf(values, 'seed', 2_147_483_647) ?? 1;
  const pace = speedOf(values.value('speed') ?? 'recorded', jitter, seed);
  if (pace.kind !== 'rate' && (values.flag('jitter') || values.flag('seed')))
    throw new UsageError(
      '--jitter and --seed belong to a rate.',
      'Add --speed 20/s, or leave them out.',
    );
  const matching = matchingOf(values);
  const faults = faultsOf(call);
  const recordFrom = upstreamOf(call, 'record-from') ?? null;
  if (recordFrom === null && values.flag('out'))
    throw new UsageError('--out is for what --record-from records.', 'Add it, or leave --out out.');
  return {
    port: portOf(call),
    pace,
    faults,
    recordFrom,
    matching: { ...matching, fields: [...matching.fields] },
  };
}
