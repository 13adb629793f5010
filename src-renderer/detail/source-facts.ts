import type { CaptureEnd, CaptureMeta, EndedBy } from '../../src-core/capture.ts';
import { FORMAT_TITLES } from '../../src-core/imports/exchange.ts';

type Fact = [name: string, value: string];

const BY: Readonly<Record<EndedBy, string>> = {
  server: 'the server',
  client: 'the client',
  person: 'you, who stopped the proxy',
  network: 'the network',
};

/** Where a capture came from that was imported or passed through a proxy, and how that ended; else nothing. */
export function sourceFacts({ origin, end }: Pick<CaptureMeta, 'origin' | 'end'>): Fact[] {
  switch (origin.kind) {
    case 'proxy':
      return [['through', origin.server], ['upstream', origin.upstream], ...endFacts(end)];
    case 'file':
    case 'paste': {
      const { format, entry } = origin;
      const readAs = (title: string) => title + (entry === undefined ? '' : `, entry ${entry + 1}`);
      return [
        ['from', origin.kind === 'file' ? origin.path : 'the clipboard'],
        ...(format && format !== 'stream'
          ? [['read as', readAs(FORMAT_TITLES[format])] as Fact]
          : []),
        ...endFacts(end),
      ];
    }
    default:
      return [];
  }
}

function endFacts(end: CaptureEnd | null): Fact[] {
  if (!end) return [];
  return [...(end.by ? [['ended by', BY[end.by]] as Fact] : []), ['remarks', end.message]];
}
