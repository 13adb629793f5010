import type { DialectId, Usage } from '../../src-core/dialects/dialect.ts';
import { dialectOf } from '../../src-core/dialects/dialects.ts';
import { tokensOfUsage } from '../../src-core/latency/rates.ts';
import { reportText } from '../../src-core/latency/report-text.ts';
import { shownText } from '../../src-core/shown-name.ts';
import type { Style } from '../console/style.ts';
import { type Column, textTable } from '../console/text-table.ts';
import { number } from '../lint/finding.ts';
import type { WholeStream } from '../stream/whole-stream.ts';
import type { StreamStats } from './stream-stats.ts';

/** The facts, then a table of types, one of lanes, and what the times say. */
export function statsText(stats: StreamStats, stream: WholeStream, style: Style): string {
  const parts = [
    [style.in('bold', shownText(stats.name)), ...facts(stats)],
    typeTable(stats, style),
    ...(stats.lanes.length > 0 ? [laneTable(stats, style)] : []),
    times(stats, stream),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const FRAMINGS: Record<string, string> = {
  sse: 'event stream',
  lines: 'JSON lines',
  array: 'JSON array',
};

function facts(stats: StreamStats): string[] {
  const { dialect, framing, model, status, events, bytes, comments, problems, usage } = stats;
  const rows: [string, string][] = [
    ['protocol', `${dialectOf(dialect as DialectId).title}, ${FRAMINGS[framing] ?? framing}`],
    ['model', shownText(model)],
    ['status', status],
    ['events', number(events)],
    ['bytes', number(bytes)],
    ['comments', comments === 0 ? '' : number(comments)],
    ['responses', stats.responses > 1 ? number(stats.responses) : ''],
    ['problems', problems === 0 ? '0' : `${number(problems)} (deltascope lint lists them)`],
    ...usage.map((one): [string, string] => ['tokens', one ? usageText(one) : '']),
  ];
  return rows.filter(([, value]) => value !== '').map(([name, value]) => name.padEnd(11) + value);
}

function usageText({ input, output, total, cached, reasoning }: Usage): string {
  const part = (count: number | null, word: string) =>
    count === null ? [] : [`${number(count)} ${word}`];
  return [
    ...part(input, 'in'),
    ...part(cached || null, 'of them cached'),
    ...part(output, 'out'),
    ...part(reasoning || null, 'of them reasoning'),
    ...part(total, 'in all'),
  ].join(', ');
}

function typeTable({ types }: StreamStats, style: Style): string[] {
  return headed(
    [{ title: 'type' }, { title: 'events', align: 'right' }, { title: 'bytes', align: 'right' }],
    types.map(({ type, events, bytes }) => [shownText(type), number(events), number(bytes)]),
    style,
  );
}

function laneTable({ lanes, responses }: StreamStats, style: Style): string[] {
  const many = responses > 1;
  const columns: Column[] = [
    ...(many ? [{ title: 'response', align: 'right' as const }] : []),
    { title: 'lane' },
    { title: 'characters', align: 'right' },
    { title: 'events', align: 'right' },
    { title: 'from', align: 'right' },
    { title: 'to', align: 'right' },
  ];
  const rows = lanes.map((lane) => [
    ...(many ? [number(lane.response)] : []),
    `${lane.address}:${lane.kind}`,
    number(lane.characters),
    number(lane.events),
    `#${lane.firstEvent}`,
    `#${lane.lastEvent}`,
  ]);
  return headed(columns, rows, style);
}

function headed(columns: Column[], rows: string[][], style: Style): string[] {
  const [head = '', ...lines] = textTable(columns, rows);
  return [style.in('dim', head), ...lines];
}

function times({ name, report, usage }: StreamStats, { source, index }: WholeStream): string[] {
  if (!source.isTimed)
    return ['Times were not recorded: captures and live pipes have them, other files do not.'];
  const [only] = usage;
  const tokens =
    usage.length === 1 && only && only.output !== null
      ? tokensOfUsage({
          inputTokens: only.input,
          outputTokens: only.output,
          reasoningTokens: only.reasoning,
        })
      : null;
  const lines = reportText(name, report, index, tokens).trimEnd().split('\n');
  if (source.capture) return lines;
  return [...lines, '', 'Times are those of arrival here, since deltascope began to read.'];
}
