import { writeFile } from 'node:fs/promises';
import type {
  CaptureEnd,
  CaptureMeta,
  CaptureOrigin,
  CapturedResponse,
} from '../../src-core/capture.ts';
import type { ImportedExchange } from '../../src-core/imports/exchange.ts';
import { chunkLine } from '../captures/chunk-table.ts';
import { type CaptureStore, newMeta } from '../captures/store.ts';
import type { StreamSummary } from '../captures/stream-facts.ts';
import { computeFacts } from '../captures/summary.ts';
import { KeyMask, withoutSecrets } from '../requests/key-mask.ts';
import { keptResponseHeaders } from '../requests/request-head.ts';
import { bytesText, durationText } from '../wording.ts';
import { keptRequest, secretsOfRequest } from './request-secrets.ts';
import type { Staged } from './source.ts';
import { decoded } from './unpack.ts';

/** A capture that is whole, but not in the list yet. */
export interface StagedCapture {
  staged: Staged;
  meta: CaptureMeta;
  facts: StreamSummary;
  bytes: number;
}

export interface ExchangeAs {
  name: string;
  origin: CaptureOrigin;
  createdAt: string;
  /** What the file is called in sentences: "the HAR". */
  from: string;
  notes: readonly string[];
}

/** Makes a capture of an exchange, less its secrets. @throws system errors of writing */
export async function stageExchange(
  store: CaptureStore,
  exchange: ImportedExchange,
  as: ExchangeAs,
): Promise<StagedCapture> {
  const staged = store.stage();
  try {
    const notes = [...as.notes, ...exchange.notes];
    const secrets = secretsOfRequest(exchange.request);
    const received = await bodyOf(exchange, notes);
    const mask = new KeyMask(secrets);
    const body = Buffer.concat([mask.mask(received.body), mask.rest()]);
    if (mask.found)
      notes.push('Secrets of the request stood in the body: asterisks stand for them.');
    await writeFile(staged.paths.body, body, { flag: 'wx', mode: 0o600 });
    const { chunks } = received;
    if (chunks) {
      const table = chunks.map(([timeUs, size]) => chunkLine({ timeUs, size })).join('');
      await writeFile(staged.paths.chunks, table, { flag: 'wx', mode: 0o600 });
    }
    const timed = chunks !== null;
    const request = exchange.request && keptRequest(exchange.request, secrets);
    const response = keptResponse(exchange, secrets);
    const { facts, bytes } = await computeFacts(staged.paths, { timed, request, response });
    const end = endOf(exchange, { timed, events: facts.events, bytes, from: as.from, notes });
    const meta: CaptureMeta = {
      ...newMeta(staged.id, {
        name: as.name,
        origin: as.origin,
        createdAt: exchange.startedAt ?? as.createdAt,
        addedAt: as.createdAt,
        request,
        end,
        timed,
      }),
      response,
      timing:
        exchange.firstByteUs === null
          ? null
          : {
              dnsUs: null,
              connectUs: null,
              tlsUs: null,
              sentUs: null,
              firstByteUs: exchange.firstByteUs,
            },
    };
    return { staged, meta, facts, bytes };
  } catch (error) {
    store.discard(staged);
    throw error;
  }
}

/** The body as it is kept: decoded where that is possible, and then in chunks that are not known. */
async function bodyOf({ body, encoding, chunks }: ImportedExchange, notes: string[]) {
  if (encoding === null) return { body, chunks };
  const plain = await decoded(body, encoding);
  if (plain === null) {
    notes.push(`The body is compressed (${encoding}) and can't be decoded: it is kept as it is.`);
    return { body, chunks: null };
  }
  notes.push(`The body was compressed (${encoding}): the bytes kept are the decoded ones.`);
  return { body: plain, chunks: null };
}

function keptResponse(
  { response }: ImportedExchange,
  secrets: readonly string[],
): CapturedResponse | null {
  if (!response) return null;
  const headers = keptResponseHeaders(response.headers.flat());
  return {
    ...response,
    headers: headers.map(([name, value]) => [name, withoutSecrets(value, secrets)]),
  };
}

interface Known {
  timed: boolean;
  events: number;
  bytes: number;
  from: string;
  notes: readonly string[];
}

function endOf(
  { response, error, endUs, chunks, firstByteUs }: ImportedExchange,
  known: Known,
): CaptureEnd {
  const lastUs = chunks?.at(-1)?.[0] ?? 0;
  const atUs = Math.max(endUs ?? 0, lastUs);
  const times = known.timed
    ? `Imported from ${known.from}, with the times that it has for its events.`
    : `${sentence(known.from)} keeps no arrival times: those shown are plausible ones, made up.${phases(firstByteUs, endUs)}`;
  const message = [times, ...known.notes].join(' ');
  const status = response?.status ?? 0;
  const phrase = `${status} ${response?.statusText ?? ''}`.trim();
  if (status >= 300)
    return {
      kind: 'failed',
      atUs,
      code: `http-${status}`,
      message: `The server answered ${phrase}. ${message}`,
    };
  if (error !== '')
    return {
      kind: 'disconnected',
      atUs,
      code: error.slice(0, 100),
      message: `The connection broke: ${error}. ${message}`,
    };
  if (status === 0 && known.bytes === 0)
    return {
      kind: 'failed',
      atUs,
      code: 'empty',
      message: `The request got no answer. ${message}`,
    };
  if (known.events === 0)
    return {
      kind: 'failed',
      atUs,
      code: 'no-events',
      message: `No events in the ${bytesText(known.bytes)} of the body. ${message}`,
    };
  return { kind: 'closed', atUs, code: null, message };
}

function phases(firstByteUs: number | null, endUs: number | null): string {
  const parts = [
    firstByteUs === null ? '' : `the first byte after ${durationText(firstByteUs)}`,
    endUs === null ? '' : `the end after ${durationText(endUs)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` It has ${parts.join(' and ')}.`;
}

function sentence(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
