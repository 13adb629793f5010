import { csvField } from '../csv-field.ts';
import type { RunRow } from './rows.ts';

export const RUN_CSV_HEADER =
  'number,kind,at,schema_version,verdict,pointer,event,certain_event,schema_path,errors,message,' +
  'endpoint,model,planned,first_text_ms,total_ms,input_tokens,output_tokens,capture';

/**
 * A CSV file (RFC 4180: comma, CRLF, a header line) of rows in their order. What is not known is empty.
 * A text that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets
 * take for "this is text".
 */
export function runsCsv(rows: readonly RunRow[]): string {
  const lines = rows.map(({ run, capture }) => {
    const { facts } = run;
    return [
      run.number,
      run.kind,
      run.at,
      run.version,
      facts?.verdict,
      facts?.pointer,
      facts?.seq,
      facts?.certainSeq,
      facts?.schemaPath,
      facts?.errors,
      facts?.message,
      run.endpoint,
      run.model,
      run.planned,
      milliseconds(facts?.firstTextUs),
      milliseconds(facts?.totalUs),
      facts?.inputTokens,
      facts?.outputTokens,
      capture,
    ]
      .map(csvField)
      .join(',');
  });
  return [RUN_CSV_HEADER, ...lines].map((line) => `${line}\r\n`).join('');
}

function milliseconds(us: number | null | undefined): number | null {
  return us === null || us === undefined ? null : Math.round(us) / 1000;
}
