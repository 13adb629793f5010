import { readdir, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { collector } from '../src-main/otlp/testing/collector.ts';
import { type DebuggerPage, expect, personFile, test } from './app.ts';
import { beginStream, streamServer, write } from './stream-server.ts';

/** The file that the next dialog for saving gives. */
async function saveTo(app: DebuggerPage, name: string): Promise<string> {
  const path = join(app.dataFolder, name);
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
  return path;
}

test('a capture is exported less what is struck out, as the preview shows it', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('ControlOrMeta+e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('option', { name: 'JSON Lines' }).click();
  const preview = dialog.getByRole('region', { name: 'Preview' });
  await expect(preview).toContainText('Alice');
  await dialog.getByRole('button', { name: 'Add a pattern' }).click();
  await page.keyboard.type('Alice Johnson');
  // Its deltas have a piece each.
  await expect(preview).not.toContainText('Alice');
  const struck = dialog.getByRole('region', { name: 'Struck out' });
  await expect(struck).toContainText('Own patterns');
  // Who strikes it out judges by it whether it is what was meant.
  await expect(struck.getByRole('cell', { name: 'Alice Johnson' }).first()).toBeVisible();
  const text = (await preview.textContent())!;

  const path = await saveTo(app, 'person.jsonl');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByText(`Saved ${path}`)).toBeVisible();
  await expect(dialog).toBeHidden();
  const saved = await readFile(path, 'utf8');
  expect(saved).toBe(text);
  expect(saved).not.toMatch(/Alice|Johnson/);
  const lines = saved.trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual([
    ...Array(23).keys(),
  ]);
  // The original is what it was, and the dialog is as it was left.
  await expect(app.output).toContainText('Alice Johnson');
  await page.keyboard.press('ControlOrMeta+e');
  await expect(dialog.getByRole('option', { name: 'JSON Lines', selected: true })).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'Pattern 1' })).toHaveValue('Alice Johnson');
});

test('a bundle opens as the capture that was saved', async ({ app }) => {
  const { page } = app;
  // The bytes and the times of one that came over a network.
  const frames = (await readFile(personFile, 'utf8')).split(/(?<=\n\n)/);
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    await write(response, frames.slice(0, 9).join(''));
    response.end(frames.slice(9).join(''));
  });
  await app.useEndpoint('local', server.baseUrl);
  await app.send();
  await expect(app.status).toHaveText('completed');
  const known = (await readdir(join(app.dataFolder, 'captures'))).sort();
  const first = known.at(-1)!;

  await page.keyboard.press('ControlOrMeta+e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('option', { name: 'Capture bundle' }).click();
  await expect(dialog).toContainText('nothing struck out');
  const path = await saveTo(app, 'one.deltascope');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByText(`Saved ${path}`)).toBeVisible();
  await app.electron.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, path);
  await page.keyboard.press('ControlOrMeta+o');
  const open = app.captures.locator('[aria-current="true"]');
  await expect(open).not.toHaveAttribute('id', `capture-${first}`);
  await app.expectEvents(23);
  await expect(app.output).toContainText('Alice Johnson');

  const all = await readdir(join(app.dataFolder, 'captures'));
  const [second] = all.filter((id) => !known.includes(id));
  const fileOf = (id: string, name: string) => readFile(join(app.dataFolder, 'captures', id, name));
  for (const name of ['body', 'chunks.jsonl'])
    expect((await fileOf(second!, name)).equals(await fileOf(first, name)), name).toBe(true);
  const metaOf = async (id: string) =>
    JSON.parse((await fileOf(id, 'capture.json')).toString()) as Record<string, unknown>;
  const { addedAt, ...imported } = await metaOf(second!);
  expect(addedAt).toEqual(expect.any(String));
  expect(imported).toEqual({ ...(await metaOf(first)), id: second });
  await server.close();
});

test('a span arrives at a collector', async ({ app }) => {
  const { server, requests } = collector();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await app.page.keyboard.press('ControlOrMeta+e');
    const dialog = app.page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('option', { name: 'OpenTelemetry span' }).click();
    await dialog
      .getByRole('textbox', { name: 'Address of the collector' })
      .fill(`127.0.0.1:${port}`);
    await dialog.getByRole('button', { name: 'Add a header' }).click();
    await dialog.getByRole('textbox', { name: 'Name of header 1' }).fill('x-api-key');
    await dialog.getByLabel('Value of header 1').fill('collector-key-1');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await expect(
      dialog.getByText(`1 span sent to http://127.0.0.1:${port}/v1/traces`),
    ).toBeVisible();
    // The key went in and does not come out.
    await expect(dialog.getByLabel('Value of header 1')).toHaveValue('•••');
    expect(requests).toHaveLength(1);
    expect(requests[0]!.headers).toMatchObject({
      'content-type': 'application/x-protobuf',
      'x-api-key': 'collector-key-1',
    });
    expect(requests[0]!.resource).toMatchObject({ 'service.name': 'deltascope' });
    const [span] = requests[0]!.spans;
    expect(span).toMatchObject({ name: 'chat', kind: 3, status: { code: 0 } });
    expect(span!.attributes).toMatchObject({
      'gen_ai.provider.name': 'openai',
      'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 56,
      'gen_ai.usage.output_tokens': 16,
    });
  } finally {
    server.close();
  }
});
