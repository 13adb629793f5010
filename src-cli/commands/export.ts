import { resolve } from 'node:path';
import { version } from '../../package.json';
import type { ExportCapture } from '../../src-core/export/export-capture.ts';
import {
  EXPORT_FORMAT_IDS,
  exportFormat,
  type ExportFormatId,
} from '../../src-core/export/export-formats.ts';
import type { RedactionOptions } from '../../src-core/redaction/options.ts';
import { redactionReport } from '../../src-core/redaction/redact-capture.ts';
import { Refusal } from '../../src-main/refusal.ts';
import type { Call, Command } from '../command.ts';
import { EXIT, Failure, UsageError } from '../failure.ts';
import { REDACTION_OPTIONS, redactionOf } from '../export/redaction.ts';
import { struckLines, struckSum } from '../export/struck-text.ts';
import { eachSource } from '../sources/each-source.ts';

const FORMATS = [...EXPORT_FORMAT_IDS, 'otlp'] as const;
type Format = (typeof FORMATS)[number];
const HELP = 'See deltascope export --help.';

export const exportCommand: Command = {
  name: 'export',
  summary: 'write a stream for others, without secrets',
  usage: '--format FORMAT [OPTION...] [FILE...]',
  description: [
    'Writes captures to be shared: keys, cookies, organisations and users are struck out, and standard error ' +
      'says how much of it; the originals are not changed. To change the form of a stream for yourself, ' +
      'byte for byte and with nothing struck out, there is convert.',
    'Bundle, har and otlp take several streams; the others one. Bundle, html, markdown and har hold the ' +
      'whole capture, sse, jsonl and csv its events, curl, python and typescript its request.',
  ],
  options: [
    { name: 'format', short: 'f', value: 'FORMAT', choices: FORMATS, text: 'What to write.' },
    {
      name: 'out',
      short: 'o',
      value: 'FILE',
      text: 'The file to write; what it held is replaced. Left out: standard output.',
    },
    ...REDACTION_OPTIONS,
    { name: 'preview', text: 'Write nothing but what would be struck out, and where it stands.' },
    {
      name: 'endpoint',
      value: 'URL',
      text: 'The collector of OpenTelemetry that otlp sends to, over OTLP/HTTP. Left out: OTEL_EXPORTER_OTLP_ENDPOINT; its headers are those of OTEL_EXPORTER_OTLP_HEADERS.',
    },
    { name: 'content', text: 'With otlp: messages, instructions and tools are sent as well.' },
  ],
  examples: [
    {
      command: 'deltascope export --format jsonl examples/person.sse',
      text: 'Its events with their numbers and types.',
    },
    {
      command: 'deltascope export -f csv --pattern "Alice Johnson" examples/person.sse',
      text: 'For a spreadsheet, without a name.',
    },
    {
      command: 'deltascope export -f sse --preview examples/rate-limit.sse',
      text: 'What would be struck out.',
    },
  ],
  async run(call) {
    const { console, values, style } = call;
    const format = values.value('format') as Format | undefined;
    if (format === undefined)
      throw new UsageError(`The format is missing: --format ${FORMATS.join(', ')}.`, HELP);
    refuseMisfits(call, format);
    const redaction = redactionOf(values);
    // Whoever only asks for help does not wait for the packages of exports.
    const { heldCapture } = await import('../export/held-capture.ts');
    const url = format === 'otlp' ? (await import('../export/send.ts')).collectorOf(call) : '';
    const captures: ExportCapture[] = [];
    const code = await eachSource(call, async (source) => {
      captures.push(await heldCapture(source));
    });
    if (code !== EXIT.clean) return code;
    if (values.flag('preview')) return preview(call, captures, redaction);
    const one = format === 'otlp' || exportFormat(format).many ? null : exportFormat(format);
    if (one && captures.length > 1)
      throw new UsageError(
        `There are ${captures.length} streams, and ${one.title} is made of one.`,
        'Name one, or choose bundle or har.',
      );
    try {
      if (format === 'otlp') await send(call, captures, redaction, url);
      else await write(call, format, captures, redaction);
    } catch (error) {
      if (error instanceof Refusal) throw new Failure(error.message);
      throw error;
    }
    for (const capture of captures) {
      const sum = struckSum(await redactionReport(capture, redaction));
      if (sum === '') continue;
      console.stderr.line(`${style.in('yellow', 'deltascope:')} struck out: ${sum}.`);
    }
    await console.stderr.flush();
    return EXIT.clean;
  },
};

/** @throws UsageError for options that belong to other formats */
function refuseMisfits({ console, values }: Call, format: Format): void {
  for (const name of ['endpoint', 'content'])
    if (values.flag(name) && format !== 'otlp')
      throw new UsageError(`--${name} belongs to --format otlp.`, HELP);
  if (values.flag('out') && format === 'otlp')
    throw new UsageError('otlp sends, and writes no file.', 'Leave --out out.');
  const isShown = console.stdout.isTerminal && !values.flag('out') && !values.flag('preview');
  if (format === 'bundle' && isShown)
    throw new UsageError('A bundle is no text for a terminal.', 'Name a file with --out FILE.');
}

async function preview(
  { console }: Call,
  captures: readonly ExportCapture[],
  redaction: RedactionOptions,
): Promise<number> {
  for (const capture of captures)
    for (const line of struckLines(await redactionReport(capture, redaction)))
      console.stdout.line(captures.length > 1 ? `${capture.meta.name}\t${line}` : line);
  await console.stdout.flush();
  return EXIT.clean;
}

async function write(
  { console, values }: Call,
  format: ExportFormatId,
  captures: readonly ExportCapture[],
  redaction: RedactionOptions,
): Promise<void> {
  const { exportCaptures } = await import('../../src-main/exports/export-captures.ts');
  const at = new Date().toISOString();
  const pieces = exportCaptures(format, captures, { redaction, version, at });
  const out = values.value('out');
  if (out === undefined) {
    for await (const piece of pieces) await console.stdout.bytes(piece);
    return;
  }
  const { writeExport } = await import('../../src-main/exports/write-export.ts');
  const path = resolve(console.workingDirectory, out);
  await writeExport(path, pieces, new AbortController().signal);
}

async function send(
  call: Call,
  captures: readonly ExportCapture[],
  redaction: RedactionOptions,
  url: string,
): Promise<void> {
  const { sendCaptures } = await import('../export/send.ts');
  const { sent, rejected, notes, url: to } = await sendCaptures(call, captures, redaction, url);
  const { console } = call;
  console.stdout.line(`${sent} ${sent === 1 ? 'span' : 'spans'} sent to ${to}.`);
  for (const note of notes) console.stderr.line(`deltascope: ${note}`);
  await console.stdout.flush();
  if (rejected > 0) throw new Failure(`The collector refused ${rejected} of them.`);
}
