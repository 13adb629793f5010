import { countOf } from '../arguments/amounts.ts';
import type { Call, Command } from '../command.ts';
import { UsageError } from '../failure.ts';
import type { RecordFormat } from '../record/recorded-file.ts';
import { portOf, runServer, SERVER_OPTIONS, ServerLog } from '../servers/run-server.ts';
import { outFolder, upstreamOf } from '../servers/upstream.ts';

const HELP = 'See deltascope record --help.';

export const record: Command = {
  name: 'record',
  summary: 'record what a client and its server say',
  usage: '--upstream URL [OPTION...]',
  takes: 'words',
  description: [
    'A reverse proxy: passes requests on to the upstream as they are, and the answers back while they come, ' +
      'and keeps each with its times. Its base URL, for the client, is the first line of standard ' +
      'output; what passed goes to standard error.',
    'Keys pass through and are written nowhere: in what is kept, headers and members with secrets are ' +
      'struck out. It listens on 127.0.0.1 only, until Ctrl+C or SIGTERM, and ends with exit code 0; ' +
      '2 means that it could not start.',
  ],
  options: [
    {
      name: 'upstream',
      short: 'u',
      value: 'URL',
      text: 'Where requests go: https://api.openai.com/v1. Their paths follow its own, unless they begin with it.',
    },
    {
      name: 'out',
      short: 'o',
      value: 'FOLDER',
      text: 'The folder for what is recorded, made where it is missing: recordings by default.',
    },
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: ['capture', 'bundle', 'body'],
      text: 'capture (the default): a folder for each, with everything; bundle: the same in a file; body: a file with the bytes of each answer.',
    },
    { name: 'count', value: 'N', text: 'End after so many requests.' },
    { name: 'once', text: 'End after one request.' },
    ...SERVER_OPTIONS,
  ],
  examples: [
    {
      command: 'deltascope record --upstream https://api.openai.com/v1',
      text: 'Until Ctrl+C, into the folder recordings.',
    },
    {
      command:
        'deltascope record --upstream https://api.anthropic.com --once --format body --out fixtures',
      text: 'One answer, as a file.',
    },
  ],
  async run(call) {
    const { values, inputs } = call;
    const [word] = inputs;
    if (word !== undefined)
      throw new UsageError(`record takes no files, and got ${JSON.stringify(word)}.`, HELP);
    const upstream = upstreamOf(call, 'upstream');
    if (upstream === undefined)
      throw new UsageError('The upstream is missing: --upstream URL.', HELP);
    const port = portOf(call);
    const count = countsTo(call);
    const { name: out, path: folder } = outFolder(call);
    const log = new ServerLog(call);
    // Whoever only asks for help does not wait for the server's packages.
    const { RecordingSession } = await import('../record/recording-session.ts');
    const format = values.choice<RecordFormat>('format', 'capture');
    const session = new RecordingSession(call, { upstream, port, folder, out, format, log });
    try {
      return await runServer(
        call,
        session.server,
        (url) =>
          log.line(
            `Recording what goes to ${upstream} into ${out}. OPENAI_BASE_URL=${url}/v1 ANTHROPIC_BASE_URL=${url}`,
          ),
        session.over(count),
      );
    } finally {
      await session.close();
    }
  },
};

/** Infinity where nobody said it. @throws UsageError */
function countsTo({ values }: Call): number {
  const count = countOf(values, 'count');
  if (values.flag('once') && count !== undefined)
    throw new UsageError('--once and --count are said at once.', 'Leave one of them out.');
  if (count === 0) throw new UsageError('--count can’t be 0.', HELP);
  return values.flag('once') ? 1 : (count ?? Infinity);
}
