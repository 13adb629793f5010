import { createRequire } from 'node:module';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { harExchange } from '../imports/har.ts';
import type { ImportedExchange } from '../imports/exchange.ts';
import { DEFAULT_REDACTION } from '../redaction/options.ts';
import { redactCapture } from '../redaction/redact-capture.ts';
import { chunksOf, exportCapture, PLAIN_META, textOf } from '../testing/export-captures.ts';
import { eventsOf } from '../testing/indexed-stream.ts';
import { recordings } from '../testing/recordings.ts';
import { csvRows } from '../testing/csv-rows.ts';
import { EXPORT_FORMATS, exportName } from './export-formats.ts';
import { textPieces, type TextFormatId } from './export-pieces.ts';
import type { ExportCapture } from './export-capture.ts';

const BY = { version: '0.5.0', at: '2026-02-03T04:05:06.000Z' };
const written = (format: TextFormatId, ...captures: ExportCapture[]) =>
  textOf(textPieces(format, captures, BY));
const FORMATS = EXPORT_FORMATS.map(({ id }) => id).filter((id) => id !== 'bundle');

const FRAMES = [
  'event: response.created\ndata: {"type":"response.created","sequence_number":0,"response":{"id":"r"}}\n\n',
  ': ping\n\n',
  'id: 7\ndata: {"type":"x",  "n":12345678901234567890}\n\n',
  'data: line 1\ndata: "=1+1", two\n\n',
  'data: [DONE]\n\n',
];
const STREAM = FRAMES.join('');
/** Of a frame, without the blank line that ends it. */
const bytes = (frame: number) => String(FRAMES[frame]!.length - 1);

test('JSON Lines have one event each, with the JSON of the server', async () => {
  const lines = (await written('jsonl', exportCapture(STREAM, {}, [120]))).trimEnd().split('\n');
  // The first 120 bytes hold the first event; the second chunk, a millisecond later, the rest.
  expect(lines).toEqual([
    '{"seq":0,"timeUs":2000,"type":"response.created","name":"response.created","sequenceNumber":0,"data":{"type":"response.created","sequence_number":0,"response":{"id":"r"}}}',
    '{"seq":1,"timeUs":3000,"type":"x","id":"7","data":{"type":"x",  "n":12345678901234567890}}',
    '{"seq":2,"timeUs":3000,"type":"message","data":"line 1\\n\\"=1+1\\", two"}',
    '{"seq":3,"timeUs":3000,"type":"[DONE]","data":"[DONE]"}',
  ]);
  const untimed = await written('jsonl', exportCapture('data: 1\n\n', { timed: false }));
  expect(untimed).toBe('{"seq":0,"timeUs":null,"type":"message","data":1}\n');
});

test('an event stream goes through byte for byte, other framings become one', async () => {
  expect(await written('sse', exportCapture(STREAM))).toBe(STREAM);
  const lines = '{"type":"message_start","message":{"id":"m"}}\n{"type":"message_stop"}\n';
  const meta = { response: null, request: null };
  expect(await written('sse', exportCapture(lines, meta))).toBe(
    'event: message_start\ndata: {"type":"message_start","message":{"id":"m"}}\n\n' +
      'event: message_stop\ndata: {"type":"message_stop"}\n\n',
  );
});

describe('CSV', () => {
  test('another parser reads the events, and no text is a formula', async () => {
    const rows = csvRows(await written('csv', exportCapture(STREAM, {}, [120])));
    expect(rows).toEqual([
      'seq,time_us,gap_us,chunk,type,lane,kind,characters,sequence_number,bytes,data'.split(','),
      ['0', '2000', '', '0', 'response.created', '', '', '', '0', bytes(0), expect.any(String)],
      [
        '1',
        '3000',
        '1000',
        '1',
        'x',
        '',
        '',
        '',
        '',
        bytes(2),
        '{"type":"x",  "n":12345678901234567890}',
      ],
      ['2', '3000', '0', '1', 'message', '', '', '', '', bytes(3), 'line 1\n"=1+1", two'],
      ['3', '3000', '0', '1', '[DONE]', '', '', '', '', bytes(4), '[DONE]'],
    ]);
    for (const text of ['=HYPERLINK(1)', '+1', '-1+2', '@a', '\tx']) {
      const [, row] = csvRows(await written('csv', exportCapture(`data: ${text}\n\n`)));
      expect(row!.at(-1)).toBe(`'${text}`);
    }
  });

  test('any data comes back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), async (texts) => {
        const frames = texts.map((text) => `data: ${JSON.stringify(text)}\n\n`).join('');
        const [, ...rows] = csvRows(await written('csv', exportCapture(frames)));
        expect(rows.map((row) => JSON.parse(row.at(-1)!) as string)).toEqual(
          // Half a pair is no character: JSON writes it as an escape, which stays one.
          texts,
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('HAR', () => {
  const require = createRequire(import.meta.url);
  const schemas = require('har-schema') as Record<string, { $id: string }>;
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json') as object);
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  const isHar = (value: unknown) => {
    const valid = ajv.validate('har.json#', value);
    return valid ? null : ajv.errorsText();
  };
  const read = (text: string) => {
    const har = JSON.parse(text) as { log: { entries: unknown[] } };
    expect(isHar(har)).toBeNull();
    return har.log.entries.map((entry) => harExchange(entry) as ImportedExchange);
  };

  test('the schema is asked', () => {
    expect(isHar({ log: { version: '1.2', creator: { name: 'x' }, entries: [] } })).toMatch(
      /version/,
    );
  });

  test('our import gives the same captures, with the times of their chunks', async () => {
    const second = exportCapture(Uint8Array.of(100, 97, 116, 97, 58, 0xff, 10, 10), {
      request: null,
    });
    const first = exportCapture(STREAM, {}, [33, 120, 1]);
    const [one, two] = read(await written('har', first, second));
    expect(one).toEqual({
      request: PLAIN_META.request,
      response: PLAIN_META.response,
      startedAt: PLAIN_META.createdAt,
      body: new TextEncoder().encode(STREAM),
      encoding: null,
      chunks: await chunksOf(first),
      firstByteUs: 2000,
      endUs: 90_000,
      error: '',
      notes: [],
    });
    expect(two).toMatchObject({
      request: null,
      body: Uint8Array.of(100, 97, 116, 97, 58, 0xff, 10, 10),
    });
  });

  test('phases follow each other, and messages have the time of the wall', async () => {
    const timing = { dnsUs: 100, connectUs: 400, tlsUs: 900, sentUs: 1000, firstByteUs: 2000 };
    const har = JSON.parse(await written('har', exportCapture(STREAM, { timing }, [120]))) as {
      log: { entries: { time: number; timings: object; _eventSourceMessages: object[] }[] };
    };
    const [entry] = har.log.entries;
    expect(entry!.time).toBe(90);
    expect(entry!.timings).toEqual({
      blocked: -1,
      dns: 0.1,
      connect: 0.8,
      ssl: 0.5,
      send: 0.1,
      wait: 1,
      receive: 88,
    });
    // 2026-01-02T03:04:05.678Z and 3 ms.
    expect(entry!._eventSourceMessages[1]).toEqual({
      time: 1767323045.681,
      eventName: 'message',
      eventId: '7',
      data: '{"type":"x",  "n":12345678901234567890}',
    });
  });
});

const ALL = (['.sse', '.jsonl', '.ndjson', '.json'] as const).flatMap((one) => recordings(one));

test('every recording is written in every format, and its events are the same again', async () => {
  for (const { name, bytes } of ALL) {
    if (bytes.length > 30_000) continue;
    const capture = exportCapture(bytes, { response: null, request: null }, [4000]);
    for (const format of FORMATS) {
      const text = await written(format, capture);
      if (format === 'sse' && name.endsWith('.sse')) {
        const again = eventsOf(new TextEncoder().encode(text));
        expect(
          again.map(({ data }) => data),
          name,
        ).toEqual(eventsOf(bytes).map(({ data }) => data));
      }
      if (format === 'har') JSON.parse(text);
    }
  }
});

test('no format has what was struck out', async () => {
  const secrets = ['sk-proj-abc123def456ghi789', 'org-AbCdEf123456789xyz', 'cust-4711'];
  const place = { item_id: 'm', output_index: 0, content_index: 0 };
  const events = [
    { type: 'response.created', response: { id: 'r', output: [], user: 'cust-4711' } },
    ...secrets.flatMap((secret) =>
      [...secret].map((delta) => ({ type: 'response.output_text.delta', ...place, delta })),
    ),
    { type: 'response.output_text.done', ...place, text: secrets.join('') },
  ];
  const text = secrets.join(' & ');
  const capture = exportCapture(events.map((one) => `data: ${JSON.stringify(one)}\n\n`).join(''), {
    name: text,
    request: {
      method: 'POST',
      url: `https://api.example.com/v1/x?user_id=${secrets[2]}`,
      headers: [
        ['authorization', `Bearer ${secrets[0]}`],
        ['openai-organization', secrets[1]!],
        ['x-note', text],
      ],
      body: JSON.stringify({ input: text }),
    },
    bookmarks: [{ seq: 0, note: text }],
    end: { kind: 'failed', atUs: 1, code: null, message: text },
  });
  const redacted = await redactCapture(capture, DEFAULT_REDACTION);
  for (const format of FORMATS) {
    const all = await written(format, redacted);
    for (const secret of secrets) expect(all, format).not.toContain(secret);
    expect(await written(format, capture), format).toContain(secrets[2]);
  }
});

describe('a report for people', () => {
  test('it begins with what was asked of whom, and its numbers stand in groups', async () => {
    const usage = {
      input_tokens: 9,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens: 2,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 11,
    };
    const response = { id: 'r', model: 'gpt-4o-mini-2024-07-18', output: [], usage };
    const data = JSON.stringify({ type: 'response.completed', response });
    const told = exportCapture(`event: response.completed\ndata: ${data}\n\n`);
    const page = await written('html', told);
    const start = page.slice(page.indexOf('<header>'), page.indexOf('</header>'));
    const rows = [...start.matchAll(/<dt>(.*?)<\/dt><dd class="mono">(.*?)<\/dd>/g)];
    expect(rows.map(([, label, value]) => [label, value])).toEqual([
      ['Request', 'POST https://api.example.com/v1/responses'],
      ['Host', 'api.example.com'],
      ['Model asked for', 'gpt-4o-mini'],
      ['Model that answered', 'gpt-4o-mini-2024-07-18'],
    ]);
    const tokens = /<h3>Tokens<\/h3><dl>(.*?)<\/dl>/.exec(page)![1]!;
    expect(
      [...tokens.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map((row) => row.slice(1)),
    ).toEqual([
      ['Input tokens', '9'],
      ['of them cached', '4'],
      ['Output tokens', '2'],
      ['of them reasoning', '0'],
      ['Tokens in all', '11'],
    ]);
    expect(await written('markdown', told)).toContain('| Model asked for | gpt-4o-mini |');
  });

  const hostile =
    '</pre><script>alert(1)</script> "\'& `x` | [a](javascript:alert(1)) ![i](http://x) <b>';
  const capture = exportCapture(`data: ${JSON.stringify({ type: hostile, text: hostile })}\n\n`, {
    name: hostile,
    request: { ...PLAIN_META.request!, url: `https://x/${hostile}`, body: hostile },
    response: { ...PLAIN_META.response!, statusText: hostile, headers: [['x', hostile]] },
    end: { kind: 'closed', atUs: 5, code: null, message: hostile },
  });

  test('captured text is no markup of the page, which asks for nothing', async () => {
    const page = await written('html', capture);
    expect(page).not.toMatch(/<script|<b>|<img|<a href="(?!#)/);
    expect(page.match(/<\/pre>/g)!.length).toBe(page.match(/<pre/g)!.length);
    expect(page).not.toMatch(/\b(src|href)="?(https?:|\/\/)|url\(|@import/);
    expect(page).toContain("default-src 'none'");
  });

  test('nor of Markdown', async () => {
    const text = await written('markdown', capture);
    const outside = text.replace(/^(`{3,})[^]*?^\1$/gm, '').replace(/(`+) .*? \1/g, '');
    expect(outside).not.toMatch(/<script|<b>|[^\\]\]\(/);
  });

  test('a large capture is told of in bounds, and what is left out is said', async () => {
    const many = `data: ${JSON.stringify({ a: 'x'.repeat(2000) })}\n\n`.repeat(5000);
    const page = await written('html', exportCapture(many, {}, [100_000]));
    expect(page.length).toBeLessThan(8_000_000);
    expect(page).toContain('2,800 events are left out here.');
    expect(page).toContain('id="event-1999"');
    expect(page).not.toContain('id="event-2000"');
    expect(page).toContain('id="event-4999"');
  });
});

test('names of files are those that every system takes', () => {
  expect(exportName('har', 'a/b: "c"?')).toBe('a-b- -c-.har');
  expect(exportName('sse', 'person.sse')).toBe('person.sse');
  expect(exportName('bundle', '..')).toBe('capture.deltascope');
});
