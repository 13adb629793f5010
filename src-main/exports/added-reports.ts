import type { ExportCapture } from '../../src-core/export/export-capture.ts';
import { MOST_STRUCK, type RedactionReport, type Struck } from '../../src-core/redaction/struck.ts';

/** What is struck out of several captures, in their order; each place then begins with its capture's name. */
export function addedReports(
  reports: readonly RedactionReport[],
  captures: readonly ExportCapture[],
): RedactionReport {
  const struck: Struck[] = [];
  const remarks = new Set<string>();
  const counts: RedactionReport['counts'] = {
    secret: 0,
    organisation: 0,
    user: 0,
    email: 0,
    custom: 0,
  };
  let count = 0;
  reports.forEach((report, at) => {
    count += report.count;
    for (const name of Object.keys(counts) as (keyof typeof counts)[])
      counts[name] += report.counts[name];
    for (const remark of report.remarks) remarks.add(remark);
    for (const one of report.struck) {
      if (struck.length >= MOST_STRUCK) break;
      const place = `${captures[at]!.meta.name}: ${one.where}`;
      struck.push(reports.length > 1 ? { ...one, where: place } : one);
    }
  });
  return { struck, count, counts, remarks: [...remarks] };
}
