import type { ExportCapture } from '../../src-core/export/export-capture.ts';
import type { ExportPreview } from '../../src-ipc/export-contract.ts';

/** Of a bundle, which is no text: what is in it. */
export function contentsText(captures: readonly ExportCapture[]): ExportPreview {
  const rows = captures.map(({ meta }) => {
    const facts = [
      meta.createdAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'),
      meta.request ? `${meta.request.method} ${meta.request.url}` : 'no request',
      meta.timed ? 'with arrival times' : 'without arrival times',
      ...(meta.bookmarks.length > 0 ? [`${meta.bookmarks.length} bookmarks`] : []),
    ];
    return `${meta.name}\n${facts.map((fact) => `    ${fact}\n`).join('')}`;
  });
  return { text: rows.join('\n'), isWhole: true, isBinary: true };
}
