export const EXPORT_FORMAT_IDS = [
  'bundle',
  'html',
  'markdown',
  'har',
  'sse',
  'jsonl',
  'csv',
  'curl',
  'python',
  'typescript',
] as const;
export type ExportFormatId = (typeof EXPORT_FORMAT_IDS)[number];

export interface ExportFormat {
  id: ExportFormatId;
  /** For people. */
  title: string;
  /** One sentence: what it holds, and what it is for. */
  text: string;
  /** Of its files, without the dot. */
  extension: string;
  mediaType: string;
  /** Whether a file holds several captures; else each has one of its own. */
  many: boolean;
  /** What of a capture goes into it. */
  holds: 'capture' | 'events' | 'request';
}

/** All that a capture can be written as, in the order in which they are offered. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  {
    id: 'bundle',
    title: 'Capture bundle',
    text: 'Everything, with exact bytes and times: opens in Deltascope as the same capture.',
    extension: 'deltascope',
    mediaType: 'application/zip',
    many: true,
    holds: 'capture',
  },
  {
    id: 'html',
    title: 'HTML report',
    text: 'One page to read in any browser, without a network: output, events, timeline and problems.',
    extension: 'html',
    mediaType: 'text/html',
    many: false,
    holds: 'capture',
  },
  {
    id: 'markdown',
    title: 'Markdown summary',
    text: 'For an issue or a chat: status, times, usage, problems, request and output.',
    extension: 'md',
    mediaType: 'text/markdown',
    many: false,
    holds: 'capture',
  },
  {
    id: 'har',
    title: 'HAR 1.2',
    text: 'For browsers and proxies: request, response and body, with the time of each event.',
    extension: 'har',
    mediaType: 'application/json',
    many: true,
    holds: 'capture',
  },
  {
    id: 'sse',
    title: 'Event stream',
    text: "The body as an event stream: the server's own bytes where it sent one.",
    extension: 'sse',
    mediaType: 'text/event-stream',
    many: false,
    holds: 'events',
  },
  {
    id: 'jsonl',
    title: 'JSON Lines',
    text: 'One event a line, with its number, time, type and data, for programs.',
    extension: 'jsonl',
    mediaType: 'application/jsonl',
    many: false,
    holds: 'events',
  },
  {
    id: 'csv',
    title: 'CSV of events',
    text: 'One event a row, for spreadsheets and notebooks.',
    extension: 'csv',
    mediaType: 'text/csv',
    many: false,
    holds: 'events',
  },
  {
    id: 'curl',
    title: 'Request as cURL',
    text: 'The request for a shell, its key read from the environment.',
    extension: 'sh',
    mediaType: 'text/x-shellscript',
    many: false,
    holds: 'request',
  },
  {
    id: 'python',
    title: 'Request as Python',
    text: 'The request as a program of Python, its key read from the environment.',
    extension: 'py',
    mediaType: 'text/x-python',
    many: false,
    holds: 'request',
  },
  {
    id: 'typescript',
    title: 'Request as TypeScript',
    text: 'The request as a program of TypeScript, its key read from the environment.',
    extension: 'ts',
    mediaType: 'text/x-typescript',
    many: false,
    holds: 'request',
  },
];

export function exportFormat(id: ExportFormatId): ExportFormat {
  return EXPORT_FORMATS.find((format) => format.id === id)!;
}

/** The name of a file for a capture: its own, without what no file system takes, and the extension. */
export function exportName(id: ExportFormatId, capture: string): string {
  const { extension } = exportFormat(id);
  const name = capture
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, '-')
    .replace(/^[.\s-]+|[.\s]+$/g, '')
    .slice(0, 100);
  const bare = name.toLowerCase().endsWith(`.${extension}`)
    ? name.slice(0, -extension.length - 1)
    : name;
  return `${bare || 'capture'}.${extension}`;
}
