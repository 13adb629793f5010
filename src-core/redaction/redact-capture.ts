import type { CaptureMeta, CaptureOrigin, CaptureRun } from '../capture.ts';
import type { ExportCapture } from '../export/export-capture.ts';
import { LONGEST_FRAME } from '../sse/frame.ts';
import { decodeUtf8 } from '../text.ts';
import { frameEdits } from './frame-edits.ts';
import { LaneSpans } from './lane-spans.ts';
import type { RedactionOptions } from './options.ts';
import { type BodyRedaction, redactedBody } from './redact-body.ts';
import {
  redactedRequest,
  redactedResponse,
  redactedText,
  rememberRequest,
} from './redact-request.ts';
import { rememberNamed } from './redact-text.ts';
import { readIndex } from './segments.ts';
import { type RedactionReport, StruckList } from './struck.ts';
import { TextMatcher } from './text-matcher.ts';

/**
 * A capture without what the options strike out; the given one is not changed. Its body is read once to know
 * what stands where, and once more each time that somebody reads the result.
 */
export async function redactCapture(
  capture: ExportCapture,
  options: RedactionOptions,
): Promise<ExportCapture> {
  const { meta, body } = await planned(capture, options, new StruckList());
  if (!body) return { ...capture, meta };
  const { wire, ...rest } = capture;
  const pieces = () => redactedBody(capture, body, null);
  // Compressed bytes can't be changed: they go where something is struck out of what they hold.
  if (wire && !(await strikesBody(capture, body))) return { ...rest, meta, pieces, wire };
  return { ...rest, meta, pieces };
}

async function strikesBody(capture: ExportCapture, body: BodyRedaction): Promise<boolean> {
  const list = new StruckList();
  for await (const _pieces of redactedBody(capture, body, list)) if (list.count > 0) return true;
  return list.count > 0 || !body.lanes.isEmpty;
}

/** What `redactCapture` strikes out. Reads the capture twice. */
export async function redactionReport(
  capture: ExportCapture,
  options: RedactionOptions,
): Promise<RedactionReport> {
  const list = new StruckList();
  const { body } = await planned(capture, options, list);
  if (body) {
    const pieces = redactedBody(capture, body, list);
    while (!(await pieces.next()).done);
  }
  return list;
}

async function planned(
  capture: ExportCapture,
  options: RedactionOptions,
  list: StruckList,
): Promise<{ meta: CaptureMeta; body: BodyRedaction | null }> {
  const matcher = new TextMatcher(options);
  const { request, response } = capture.meta;
  rememberRequest(request, response, matcher);
  const index = matcher.isIdle
    ? null
    : await readIndex(capture, ({ bytes }) => {
        if (bytes.length <= LONGEST_FRAME) remember(decodeUtf8(bytes), matcher);
      });
  // Only now all values are known that events name.
  const meta = redactedMeta(capture.meta, matcher, list);
  const body = index && { index, matcher, lanes: new LaneSpans(index, matcher, list) };
  list.remarks.push(...matcher.remarks);
  return { meta, body };
}

/** What the names in an event say, whatever its framing. */
function remember(segment: string, matcher: TextMatcher): void {
  const data = (json: string) => {
    rememberNamed(json, 'event', matcher);
    return [];
  };
  frameEdits(segment, {
    framing: /^\s*(data|event|id|retry)?:/m.test(segment) ? 'sse' : 'array',
    data,
    rest: () => [],
  });
}

function redactedMeta(meta: CaptureMeta, matcher: TextMatcher, list: StruckList): CaptureMeta {
  const text = (value: string, where: string) => redactedText(value, where, matcher, list);
  const run = (row: CaptureRun): CaptureRun => ({
    ...row,
    endpoint: text(row.endpoint, 'run'),
    facts: row.facts && { ...row.facts, message: text(row.facts.message, 'run') },
  });
  return {
    ...meta,
    request: meta.request && redactedRequest(meta.request, matcher, list),
    response: meta.response && redactedResponse(meta.response, matcher, list),
    name: text(meta.name, 'name'),
    origin: redactedOrigin(meta.origin, matcher, list),
    end: meta.end && { ...meta.end, message: text(meta.end.message, 'end') },
    bookmarks: meta.bookmarks.map(({ seq, note }) => ({
      seq,
      note: text(note, `bookmark ${seq}`),
    })),
    ...(meta.run && { run: run(meta.run) }),
    ...(meta.checks && { checks: meta.checks.map(run) }),
  };
}

/** Folders of a machine are called after people: of a path the file's name stays. */
function redactedOrigin(
  origin: CaptureOrigin,
  matcher: TextMatcher,
  list: StruckList,
): CaptureOrigin {
  const text = (value: string) => redactedText(value, 'origin', matcher, list);
  if (origin.kind === 'request') return { ...origin, endpoint: text(origin.endpoint) };
  if (origin.kind === 'proxy')
    return { ...origin, server: text(origin.server), upstream: text(origin.upstream) };
  if (origin.kind !== 'file') return origin;
  const name = origin.path.replace(/^.*[\\/]/, '');
  if (!matcher.options.user || name === origin.path) return { ...origin, path: text(origin.path) };
  list.add('user', 'origin', null, origin.path.slice(0, -name.length));
  return { ...origin, path: text(name) };
}
