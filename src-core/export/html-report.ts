import { type FactName, FACTS } from '../compare/facts.ts';
import type { HeaderPairs } from '../imports/exchange.ts';
import { dialectOf } from '../dialects/dialects.ts';
import { parseJson } from '../json.ts';
import { encodeUtf8 } from '../text.ts';
import {
  callFacts,
  type CaptureReport,
  captureReport,
  cutText,
  knownFacts,
  laidOut,
} from './capture-report.ts';
import type { ExportCapture, ExportedBy } from './export-capture.ts';
import { REPORT_STYLE } from './html-style.ts';
import { codeHtml, html } from './html-text.ts';
import { timelineSvg } from './html-timeline.ts';

/** Events that are listed, from the start and to the end; characters of the data of one, and of all. */
const FIRST_EVENTS = 2000;
const LAST_EVENTS = 200;
const LONGEST_DATA = 8000;
const MOST_DATA = 4_000_000;
const LONGEST_TEXT = 200_000;
const MOST_PROBLEMS = 500;

/** Of the groups of facts, as a report calls them. */
const GROUP_TITLES: Readonly<Record<(typeof FACTS)[FactName]['group'], string>> = {
  Stream: 'Stream',
  Times: 'Times',
  Gaps: 'Gaps',
  Output: 'Output',
  Usage: 'Tokens',
  Problems: 'Problems',
};

/** No script, no network, nothing but what stands in the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * A capture as one page that opens offline: numbers, timeline, problems, output, events, request and response.
 * Captured text is always escaped. At most some 20 MB: what is left out is said where it would stand.
 */
export async function* htmlPieces(
  capture: ExportCapture,
  { version, at }: ExportedBy,
): AsyncGenerator<Uint8Array> {
  const report = await captureReport(capture);
  const name = html(capture.meta.name);
  yield encodeUtf8(
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="generator" content="Deltascope ${html(version)}"><title>${name}</title><style>${REPORT_STYLE}</style></head>\n<body>${headerHtml(report)}<main>\n`,
  );
  yield encodeUtf8(factsHtml(report));
  yield encodeUtf8(problemsHtml(report));
  yield encodeUtf8(outputHtml(report));
  for (const piece of eventsHtml(report)) yield encodeUtf8(piece);
  yield encodeUtf8(exchangeHtml(report));
  yield encodeUtf8(
    `</main><footer>Exported by Deltascope ${html(version)} on ${html(at)}. This page needs no network.</footer></body></html>\n`,
  );
}

function section(title: string, inner: string): string {
  const id = title.toLowerCase().replace(/\W+/g, '-');
  return `<section aria-labelledby="${id}"><h2 id="${id}">${html(title)}</h2>${inner}</section>\n`;
}

function headerHtml(report: CaptureReport): string {
  const { capture, whole, status, profile } = report;
  const { meta } = capture;
  const lead = [
    `<span class="status ${status}">${html(status)}</span>`,
    `<span>${html(dialectOf(whole.index.dialect).title)}</span>`,
    ...(profile ? [`<span>${html(profile.title)}</span>`] : []),
    `<span>${html(meta.createdAt)}</span>`,
  ];
  const notes = [
    ...(meta.end && meta.end.message !== '' ? [meta.end.message] : []),
    ...(whole.isCut ? ['Only the first 64 MiB of the body are told of here.'] : []),
    ...(meta.timed
      ? []
      : ['Arrival times were not recorded: those shown are plausible ones, made up.']),
  ];
  return `<header><h1>${html(meta.name)}</h1><div class="lead">${lead.join('')}</div>${callHtml(report)}${notes.map((note) => `<p>${html(note)}</p>`).join('')}</header>`;
}

function callHtml(report: CaptureReport): string {
  const rows = callFacts(report).map(
    ([label, value]) => `<div><dt>${html(label)}</dt><dd class="mono">${html(value)}</dd></div>`,
  );
  return rows.length === 0 ? '' : `<dl class="call">${rows.join('')}</dl>`;
}

/** Numbers stand in groups, and a part of a number beneath it. */
function factsHtml(report: CaptureReport): string {
  const groups = [...new Set(Object.values(FACTS).map(({ group }) => group))].flatMap((group) => {
    const rows = knownFacts(report.facts, group).map(
      ([label, value]) =>
        `<div${label.startsWith('of them') ? ' class="of"' : ''}><dt>${html(label)}</dt><dd>${html(value)}</dd></div>`,
    );
    return rows.length === 0
      ? []
      : [`<div><h3>${GROUP_TITLES[group]}</h3><dl>${rows.join('')}</dl></div>`];
  });
  const timeline = timelineSvg(report);
  return (
    (timeline === '' ? '' : section('Timeline', timeline)) +
    section('Numbers', `<div class="facts">${groups.join('')}</div>`)
  );
}

function problemsHtml({ problems, problemCount, whole }: CaptureReport): string {
  if (problemCount === 0) return section('Problems', '<p>None.</p>');
  const listed = listedEvents(whole.index.count);
  const rows = problems.slice(0, MOST_PROBLEMS).map(({ rule, severity, seq, message }) => {
    const event = listed(seq) ? `<a href="#event-${seq}">${seq}</a>` : String(seq);
    return `<tr><td class="mono">${html(rule)}</td><td class="${severity}">${severity}</td><td class="num">${event}</td><td>${html(message)}</td></tr>`;
  });
  const rest = problemCount - rows.length;
  const more = rest > 0 ? `<p>And ${rest.toLocaleString('en')} more.</p>` : '';
  const head =
    '<thead><tr><th class="col-rule">Rule</th><th class="col-level">Severity</th><th class="col-seq num">Event</th><th>What is wrong</th></tr></thead>';
  return section('Problems', `<table>${head}<tbody>${rows.join('')}</tbody></table>${more}`);
}

function outputHtml({ texts, textCount }: CaptureReport): string {
  if (texts.length === 0) return '';
  const parts = texts.map(
    ({ name, text }) =>
      `<h3>${html(name)}</h3><pre tabindex="0" aria-label="${html(name)}">${codeHtml(cutText(laidOut(text), LONGEST_TEXT))}</pre>`,
  );
  if (textCount > texts.length) parts.push(`<p>And ${textCount - texts.length} more texts.</p>`);
  return section('Output', parts.join(''));
}

function listedEvents(count: number): (seq: number) => boolean {
  return (seq) => seq < FIRST_EVENTS || seq >= count - LAST_EVENTS;
}

function* eventsHtml(report: CaptureReport): Generator<string> {
  const { index } = report.whole;
  const isListed = listedEvents(index.count);
  yield `<section aria-labelledby="events"><h2 id="events">Events</h2><table class="events"><thead><tr><th class="col-seq num">#</th><th class="col-time num">Time, ms</th><th class="col-gap num">Gap, ms</th><th class="col-type">Type</th><th>Summary and data</th></tr></thead><tbody>`;
  const budget = { left: MOST_DATA };
  for (let seq = 0; seq < index.count; seq++)
    if (isListed(seq)) yield eventHtml(report, seq, budget);
    else if (seq === FIRST_EVENTS) {
      const count = index.count - FIRST_EVENTS - LAST_EVENTS;
      yield `<tr><td colspan="5">${count.toLocaleString('en')} events are left out here.</td></tr>`;
    }
  yield '</tbody></table></section>\n';
}

function eventHtml({ whole }: CaptureReport, seq: number, budget: { left: number }): string {
  const { index } = whole;
  const { timeUs } = index.columns;
  const type = index.typeOf(seq);
  const data = whole.dataOf(seq);
  const dialect = dialectOf(index.dialect);
  const { delta, text, tag } = dialect.summary(type, data, parseJson(data));
  const gap = seq === 0 ? '' : ms(timeUs[seq]! - timeUs[seq - 1]!);
  const shown = cutText(
    data.length > LONGEST_DATA ? data : laidOut(data),
    Math.min(LONGEST_DATA, budget.left),
  );
  budget.left = Math.max(0, budget.left - shown.length);
  const line = html([delta ?? text, tag].filter((one) => one !== '').join(' ')) || '(no text)';
  return `<tr id="event-${seq}"><td class="num">${seq}</td><td class="num">${ms(timeUs[seq]!)}</td><td class="num">${gap}</td><td class="type ${dialect.kindOf(type)}">${html(type)}</td><td><details><summary>${line}</summary><pre>${codeHtml(shown)}</pre></details></td></tr>\n`;
}

function ms(us: number): string {
  return (us / 1000).toFixed(1);
}

function exchangeHtml({ capture: { meta } }: CaptureReport): string {
  const { request, response } = meta;
  const parts: string[] = [];
  if (request) {
    const body =
      request.body === ''
        ? ''
        : `<pre tabindex="0" aria-label="Request body">${codeHtml(cutText(laidOut(request.body), LONGEST_TEXT))}</pre>`;
    parts.push(
      section(
        'Request',
        `<p class="mono">${html(request.method)} ${html(request.url)}</p>${headersHtml(request.headers)}${body}`,
      ),
    );
  }
  if (response)
    parts.push(
      section(
        'Response',
        `<p class="mono">${response.status} ${html(response.statusText)}</p>${headersHtml(response.headers)}`,
      ),
    );
  return parts.join('');
}

function headersHtml(headers: HeaderPairs): string {
  if (headers.length === 0) return '';
  const rows = headers.map(
    ([name, value]) =>
      `<tr><td class="mono">${html(name)}</td><td class="mono">${html(value)}</td></tr>`,
  );
  return `<table class="headers"><thead><tr><th class="col-header">Header</th><th>Value</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
