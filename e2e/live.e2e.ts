import { personBytes, expect, recordings, test } from './app.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

/** The frames of person.sse with their blank lines. */
async function personFrames(): Promise<string[]> {
  return (await personBytes()).toString().split(/(?<=\n\n)/);
}

test('the built-in endpoint streams without a key', async ({ app }) => {
  await app.send();
  await expect(app.captures.locator('[aria-current="true"]')).not.toContainText('person.sse');
  await expect(app.status).toHaveText('completed');
  await app.expectEvents(23);
  await expect(app.output).toHaveText(
    '{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}',
  );
});

test('rows appear while the response is open, and Stop keeps what came', async ({ app }) => {
  const frames = await personFrames();
  const half = gate();
  const closed = gate();
  const server = await streamServer(async ({ response }) => {
    response.on('close', () => closed.open());
    beginStream(response);
    await write(response, frames.slice(0, 9).join(''));
    await half.opened;
    await write(response, frames.slice(9, 12).join(''));
  });
  await app.useEndpoint('held', server.baseUrl);
  await app.send();
  await app.expectEvents(9);
  await expect(app.status).toHaveText('streaming');
  await expect(app.output).toHaveText('{"name":"Alice Johnson');
  half.open();
  await app.expectEvents(12);
  await app.button('Stop').click();
  await expect(app.status).toHaveText('aborted');
  await closed.opened;
  await app.expectEvents(12);
  await expect(app.page.getByRole('note', { name: 'How the stream ended' })).toBeVisible();
  await server.close();
});

test('a stall is told while it lasts', async ({ app }) => {
  const frames = await personFrames();
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    await write(response, frames.slice(0, 3).join(''));
  });
  await app.useEndpoint('stalling', server.baseUrl);
  await app.send();
  await app.expectEvents(3);
  await expect(app.page.getByText(/silent for \d+ s/)).toBeVisible();
  await expect(app.status).toHaveText('streaming');
  await app.button('Stop').click();
  await expect(app.status).toHaveText('aborted');
  await expect(app.page.getByText(/silent for/)).toHaveCount(0);
  await server.close();
});

test('keepalives after the end change nothing about it', async ({ app }) => {
  const text = (await personBytes()).toString();
  const keepalives = Array.from(
    { length: 30 },
    (_, index) => `data: {"type":"keepalive","sequence_number":${23 + index}}\n\n`,
  );
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    await write(response, text + keepalives.join(''));
    response.end();
  });
  await app.useEndpoint('chatty', server.baseUrl);
  await app.send();
  await app.expectEvents(53);
  await expect(app.status).toHaveText('completed');
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('completed');
  await server.close();
});

test('a 401 with an error body is a capture that says so', async ({ app }) => {
  const server = await streamServer(({ response }) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        error: {
          message: 'Incorrect API key provided.',
          type: 'invalid_request_error',
          param: null,
          code: 'invalid_api_key',
        },
      }),
    );
  });
  await app.useEndpoint('refusing', server.baseUrl);
  await app.send();
  await expect(app.status).toHaveText('failed');
  await expect(app.page.getByText('Incorrect API key provided.').first()).toBeVisible();
  await expect(app.page.getByText('401').first()).toBeVisible();
  await expect(app.problems.getByRole('listitem')).toHaveCount(0);
  // What came can be read, and what was sent, without secrets.
  await app.tab('Event').click();
  await expect(app.eventPane).toContainText('"code":"invalid_api_key"');
  await expect(app.eventPane).toContainText('application/json');
  await expect(app.eventPane).toContainText('"stream": true');
  await server.close();
});

test('a refused connection is a capture that names the address', async ({ app }) => {
  const server = await streamServer(() => {});
  const { baseUrl } = server;
  await server.close();
  await app.useEndpoint('nobody', baseUrl);
  await app.send();
  await expect(app.status).toHaveText('failed');
  await expect(app.page.getByText(new URL(baseUrl).host).first()).toBeVisible();
});

test('a stream cut inside a frame keeps its events and shows what was pending', async ({ app }) => {
  const frames = await personFrames();
  const server = await streamServer(async ({ response, socket }) => {
    beginStream(response);
    await write(response, frames.slice(0, 6).join('') + frames[6]!.slice(0, 40));
    socket.resetAndDestroy();
  });
  await app.useEndpoint('cutting', server.baseUrl);
  await app.send();
  await expect(app.status).toHaveText('disconnected');
  await app.expectEvents(6);
  await expect(app.problems.getByRole('listitem').filter({ hasText: 'W7' })).toContainText(
    '40 bytes',
  );
  await server.close();
});

test('CRLF, comments and a BOM change nothing but are told', async ({ app }) => {
  const text = (await personBytes()).toString().replaceAll('\n', '\r\n');
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    await write(response, `\ufeff: welcome\r\n\r\n${text}`);
    response.end(': bye\r\n\r\n');
  });
  await app.useEndpoint('odd', server.baseUrl);
  await app.send();
  await expect(app.status).toHaveText('completed');
  await app.expectEvents(23);
  await app.seekTo(8);
  await expect(app.output).toHaveText('{"name":"Alice Johnson');
  await expect(app.problems.getByRole('listitem').filter({ hasText: 'W1' })).toBeVisible();
  await expect(app.problems.getByRole('listitem').filter({ hasText: 'W2' })).toBeVisible();
  await expect(app.page.getByText('2 comments')).toBeVisible();
  await app.seekTo(0);
  await app.tab('Event').click();
  await expect(app.eventPane).toContainText(': welcome');
  await server.close();
});

test('a character split between two chunks is whole in the output', async ({ app }) => {
  const frames = await personFrames();
  const bytes = Buffer.from(frames.join('').replaceAll('Johnson', 'Jóhnsön 😀'));
  // Every chunk ends inside a character of several bytes where there is one.
  const cuts: number[] = [];
  for (let at = 1; at < bytes.length; at++) if ((bytes[at]! & 0xc0) === 0x80) cuts.push(at);
  expect(cuts.length).toBeGreaterThan(4);
  const server = await streamServer(async ({ response, socket }) => {
    socket.setNoDelay(true);
    beginStream(response);
    let from = 0;
    for (const cut of [...cuts, bytes.length]) {
      await write(response, bytes.subarray(from, cut));
      from = cut;
    }
    response.end();
  });
  await app.useEndpoint('splitting', server.baseUrl);
  await app.send();
  await expect(app.status).toHaveText('completed');
  await app.seekTo(8);
  await expect(app.output).toHaveText('{"name":"Alice Jóhnsön 😀');
  await expect(app.page.getByText('no problems', { exact: true })).toBeVisible();
  await server.close();
});

test('a reload during a live stream loses no event', async ({ app }) => {
  const frames = await personFrames();
  const half = gate();
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    for (const frame of frames.slice(0, 10)) await write(response, frame);
    await half.opened;
    for (const frame of frames.slice(10)) await write(response, frame);
    response.end();
  });
  await app.useEndpoint('reloading', server.baseUrl);
  await app.send();
  await app.expectEvents(10);
  await app.page.reload();
  await app.expectEvents(10);
  await expect(app.status).toHaveText('streaming');
  half.open();
  await app.expectEvents(23);
  await expect(app.status).toHaveText('completed');
  await expect(app.output).toHaveText(
    '{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}',
  );
  await server.close();
});

test('an event nested beyond reason is listed and harms nothing', async ({ app }) => {
  const deep = '['.repeat(20_000) + ']'.repeat(20_000);
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    await write(
      response,
      `data: {"type":"response.created","response":{"output":[],"deep":${deep}}}\n\n` +
        `data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":${deep}}\n\n` +
        `data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"still here"}\n\n`,
    );
    response.end();
  });
  await app.useEndpoint('deep', server.baseUrl);
  await app.send();
  await app.expectEvents(3);
  await expect(app.row(1)).toContainText('nested too deeply');
  await expect(app.output).toHaveText('still here');
  for (const tab of ['Event', 'Snapshot']) {
    await app.tab(tab).click();
    for (const seq of [0, 1, 2]) await app.seekTo(seq);
  }
  await expect(app.snapshot).toContainText('still here');
  await server.close();
});

test('a refusal is called one, and a failed response failed', async ({ launch }) => {
  const folder = join(recordings, 'openai-responses');
  const app = await launch({
    files: [join(folder, 'rig-refusal-matrix-responses-streaming-refusal-delta-surfaces.sse')],
  });
  await expect(app.status).toHaveText('completed');
  await expect(app.page.getByText('the model refused')).toBeVisible();
  const failed = join(folder, 'prism-openai-stream-rate-limited-1.sse');
  const text = await readFile(failed, 'utf8');
  await app.page.evaluate((stream) => {
    const data = new DataTransfer();
    data.setData('text/plain', stream);
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));
  }, text);
  await expect(app.status).toHaveText('failed');
  await expect(app.problems.getByRole('listitem').first()).toContainText('W11');
});
