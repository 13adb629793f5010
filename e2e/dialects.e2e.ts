import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DebuggerPage, expect, personBytes, recordings, test } from './app.ts';

/** A text of the output by its title, which is drawn and no part of the region's text. */
const lane = (app: DebuggerPage, title: string) => app.output.locator(`[data-title="${title}"]`);

const thinking = 'anthropic/prism-anthropic-stream-with-extended-thinking-1.sse';

test('an Anthropic recording shows its thinking, its text and the final message', async ({
  launch,
}) => {
  const app = await launch({ files: [join(recordings, thinking)] });
  await app.expectEvents(47);
  await expect(app.status).toHaveText('completed');
  await app.seekTo(25);
  await expect(lane(app, 'reasoning 0')).toContainText(
    'The question is asking about "the meaning of life',
  );
  await expect(lane(app, 'output text 1')).toHaveCount(0);

  await app.seekTo(46);
  await expect(lane(app, 'output text 1')).toContainText('to this exact question in pop culture.');
  await app.tab('Snapshot').click();
  await expect(app.snapshot).toContainText('"stop_reason": "end_turn"');
  await expect(app.snapshot).toContainText('"type": "thinking"');

  // The character of an output leads to the event that wrote it, in any dialect.
  await app.tab('Output').click();
  await app.page.getByRole('radio', { name: 'Text' }).click();
  await lane(app, 'output text 1')
    .getByText('In popular fiction')
    .click({ position: { x: 6, y: 6 } });
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '29');
  await expect(app.row(29).getByRole('gridcell').nth(4)).toHaveText('1');
});

test('recordings of Chat Completions, Gemini and Ollama show their output', async ({ launch }) => {
  const files = [
    'openai-chat/prism-deepseek-stream-with-tools-1.sse',
    'gemini/simonwgem-tools-with-gemini-3-thought-signatures.json',
    'ndjson/rig-streaming-grammar-thinking-and-tool-call.ndjson',
  ].map((file) => join(recordings, file));
  const app = await launch({ files });

  await app.openCapture('prism-deepseek-stream-with-tools-1.sse');
  await expect(app.status).toHaveText('completed');
  await expect(lane(app, 'search · function arguments 0/0')).toHaveText(
    '{"query": "Detroit Tigers game time today"}',
  );

  // An array of JSON values: its elements are the events.
  await app.openCapture('simonwgem-tools-with-gemini-3-thought-signatures.json');
  await app.expectEvents(2);
  await expect(lane(app, 'multiply · function arguments 0/0')).toHaveText('{"y":3,"x":5}');

  // A JSON value a line.
  await app.openCapture('rig-streaming-grammar-thinking-and-tool-call.ndjson');
  await app.expectEvents(548);
  await expect(app.status).toHaveText('completed');
  await expect(lane(app, 'reasoning 0')).toContainText('Okay, the user wants me to cal');
  await expect(lane(app, 'lookup_harbor_label · function arguments 0/0')).toHaveText('{}');
});

test('of two responses in one capture the Output says which one shows', async ({ launch }) => {
  const folder = await mkdtemp(join(tmpdir(), 'deltascope-responses-'));
  const path = join(folder, 'two.sse');
  const person = (await personBytes()).toString();
  await writeFile(path, person + person.replaceAll('Alice', 'Bertha'));
  const app = await launch({ files: [path] });
  await app.expectEvents(46);
  const responses = app.page.getByRole('group', { name: 'Responses of the capture' });
  await app.seekTo(45);
  await expect(responses).toContainText('response 2 of 2');
  await expect(app.output).toContainText('Bertha');
  await responses.getByRole('button', { name: 'Previous response' }).click();
  await expect(responses).toContainText('response 1 of 2');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '22');
  await expect(app.output).toContainText('Alice');
  await app.events.focus();
  await app.page.keyboard.press('r');
  await expect(app.output).toContainText('Bertha');
  await expect(responses.getByRole('button', { name: 'Next response' })).toBeDisabled();
  await rm(folder, { recursive: true });
});
