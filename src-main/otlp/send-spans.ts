import type { SpanFacts } from '../../src-core/otel/span-facts.ts';
import { Refusal } from '../refusal.ts';
import { type SentSpans, type SpanTarget, tracesUrl } from './span-target.ts';

export interface SendOptions {
  /** Certificates trusted besides the usual ones: `trustedCertificates`. */
  ca?: string[] | null;
  /** Ends it: what was on its way may have arrived. */
  signal?: AbortSignal;
}

/** A collector takes some 20 MB by default; spans are far smaller unless they hold messages. */
const MOST_SPANS = 100;
const MOST_CHARACTERS = 4_000_000;

/** One after the other: the packages tell what a collector refused through one place for all. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Sends spans to a collector over OTLP/HTTP, in batches, with the official packages, which are loaded when
 * they are needed. Needs no Electron.
 * @throws Refusal `bad-url`, `bad-proxy`, `collector-unreachable`, `collector-refused`,
 *   `collector-too-large`, `collector-busy`, `collector-timeout`, `collector-failed`, `canceled`; its
 *   message says how many were sent before
 */
export async function sendSpans(
  spans: readonly SpanFacts[],
  target: SpanTarget,
  options: SendOptions = {},
): Promise<SentSpans> {
  const url = checkedUrl(target.url);
  const sending = last.then(() => sendBatches(spans, { ...target, url: url.href }, options));
  last = sending.catch(() => undefined);
  return sending;
}

async function sendBatches(
  spans: readonly SpanFacts[],
  target: SpanTarget,
  options: SendOptions,
): Promise<SentSpans> {
  const { sendBatch } = await import('./exporter.ts');
  const result: SentSpans = { sent: 0, rejected: 0, notes: [], url: target.url };
  for (const batch of batchesOf(spans)) {
    try {
      const { rejected, notes } = await sendBatch(batch, target, options);
      result.sent += batch.length - rejected;
      result.rejected += rejected;
      for (const note of notes) if (!result.notes.includes(note)) result.notes.push(note);
    } catch (error) {
      if (!(error instanceof Refusal) || spans.length === batch.length) throw error;
      const before = `${result.sent} of ${spans.length} spans were sent before that.`;
      throw new Refusal(error.code, `${error.message} ${before}`, error.detail);
    }
  }
  return result;
}

/** In order, as many as a request should hold. */
function* batchesOf(spans: readonly SpanFacts[]): Generator<SpanFacts[]> {
  let batch: SpanFacts[] = [];
  let characters = 0;
  for (const span of spans) {
    const size = sizeOf(span);
    if (batch.length >= MOST_SPANS || (batch.length > 0 && characters + size > MOST_CHARACTERS)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(span);
    characters += size;
  }
  if (batch.length > 0) yield batch;
}

function sizeOf({ attributes }: SpanFacts): number {
  let size = 0;
  for (const value of Object.values(attributes))
    size += typeof value === 'string' ? value.length : 8;
  return size;
}

function checkedUrl(address: string): URL {
  let url: URL;
  try {
    url = tracesUrl(address);
  } catch {
    throw new Refusal('bad-url', 'The address of the collector is not a URL.', address);
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw new Refusal(
    'bad-url',
    'The address of a collector begins with http:// or https://: spans are sent over OTLP/HTTP.',
  );
}
