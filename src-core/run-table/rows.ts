import type { CaptureRun, CaptureSummary, RunVerdict, StreamStatus } from '../capture.ts';

/** A row in the table of a schema, and the capture that it is about. */
export interface RunRow {
  /** Of this row alone, as long as the capture lasts. */
  key: string;
  capture: string;
  captureName: string;
  status: StreamStatus;
  run: CaptureRun;
}

export type RunColumn =
  'number' | 'version' | 'verdict' | 'endpoint' | 'firstText' | 'total' | 'tokens';

/** The rows of a schema, the newest first. */
export function runRows(captures: readonly CaptureSummary[], schema: string): RunRow[] {
  const rows: RunRow[] = [];
  for (const { id, name, status, run, checks = [] } of captures)
    for (const one of run ? [run, ...checks] : checks)
      if (one.schema === schema)
        rows.push({ key: `${id}/${one.number}`, capture: id, captureName: name, status, run: one });
  return rows.sort((a, b) => b.run.number - a.run.number);
}

/** What a row says: its verdict, else how far its stream is. */
export function wordOf({ run, status }: RunRow): RunVerdict | StreamStatus | 'judging' {
  if (run.facts) return run.facts.verdict;
  return status === 'connecting' || status === 'streaming' ? status : 'judging';
}

/** Where it went: the model, or what stands for one. */
export function endpointOf({ run }: RunRow): string {
  if (run.kind === 'check') return `checked ${run.endpoint}`;
  return run.planned === null ? run.model || run.endpoint : run.endpoint.replace(/ replay$/, '');
}

/** The pointer of a row as it is shown; the root has an empty one. */
export function placeOf({ run }: RunRow): string {
  const pointer = run.facts?.pointer ?? null;
  if (pointer === null) return '';
  return pointer || 'the root';
}

const VALUES: Record<RunColumn, (row: RunRow) => number | string | null> = {
  number: ({ run }) => run.number,
  version: ({ run }) => run.version,
  verdict: wordOf,
  endpoint: endpointOf,
  firstText: ({ run }) => run.facts?.firstTextUs ?? null,
  total: ({ run }) => run.facts?.totalUs ?? null,
  tokens: ({ run }) => run.facts?.outputTokens ?? null,
};

/** Rows in the order of a column; those without a value come last either way, equal ones newest first. */
export function sortedRows(
  rows: readonly RunRow[],
  column: RunColumn,
  isDescending: boolean,
): RunRow[] {
  const value = VALUES[column];
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const one = value(a);
    const other = value(b);
    if (one === other) return b.run.number - a.run.number;
    if (one === null) return 1;
    if (other === null) return -1;
    return one < other ? -sign : sign;
  });
}

/** Rows with a verdict (all with `''`) that hold each word of a text somewhere. */
export function filteredRows(rows: readonly RunRow[], verdict: string, text: string): RunRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (verdict !== '' && row.run.facts?.verdict !== verdict) return false;
    const { number, version, endpoint, model, facts } = row.run;
    const all =
      `${number} v${version} ${wordOf(row)} ${placeOf(row)} ${endpointOf(row)} ${endpoint} ${model} ` +
      `${facts?.message ?? ''} ${facts?.schemaPath ?? ''} ${row.captureName}`;
    return words.every((word) => all.toLowerCase().includes(word));
  });
}

export interface RunTotals {
  judged: number;
  valid: number;
  /** By the nearest rank, so that it is a time that occurred; null without any. */
  medianFirstTextUs: number | null;
  outputTokens: number;
}

export function totalsOf(rows: readonly RunRow[]): RunTotals {
  const facts = rows.map(({ run }) => run.facts).filter((one) => one !== null);
  const times = facts
    .map(({ firstTextUs }) => firstTextUs)
    .filter((one) => one !== null)
    .sort((a, b) => a - b);
  return {
    judged: facts.length,
    valid: facts.filter(({ verdict }) => verdict === 'valid').length,
    medianFirstTextUs: times[Math.ceil(times.length / 2) - 1] ?? null,
    outputTokens: facts.reduce((sum, { outputTokens }) => sum + (outputTokens ?? 0), 0),
  };
}
