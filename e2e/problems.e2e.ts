import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DebuggerPage, expect, personBytes, test } from './app.ts';

/** The recording with the number of event 8 left out of the count, and half of event 15. */
async function brokenStream(): Promise<string> {
  const frames = (await personBytes()).toString().split('\n\n');
  frames[8] = frames[8]!.replace('"sequence_number":8', '"sequence_number":9');
  frames[15] = frames[15]!.slice(0, -20);
  return frames.join('\n\n');
}

const items = (app: DebuggerPage) => app.problems.getByRole('listitem');
const dialog = (app: DebuggerPage, rule: string) =>
  app.page.getByRole('dialog', { name: `Rule ${rule}` });
const at = (app: DebuggerPage, seq: number) =>
  expect(app.playhead).toHaveAttribute('aria-valuenow', String(seq));

async function storedMeta(app: DebuggerPage): Promise<Record<string, unknown>> {
  const id = await app.captures.locator('[aria-current="true"]').getAttribute('id');
  const path = join(app.dataFolder, 'captures', id!.replace('capture-', ''), 'capture.json');
  return JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
}

let folder: string;
test.beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'deltascope-problems-'))));
test.afterEach(() => rm(folder, { recursive: true, force: true }));

test('a broken recording shows its problems on the right rows, which are explained and silenced', async ({
  launch,
}) => {
  const path = join(folder, 'broken.sse');
  await writeFile(path, await brokenStream());
  const app = await launch({ files: [path] });
  await app.expectEvents(23);
  const { keyboard } = app.page;

  // From problem to problem, by key.
  await app.events.focus();
  await keyboard.press('Home');
  await keyboard.press('Shift+]');
  await at(app, 8);
  await expect(
    app
      .row(8)
      .getByTitle(/^error F4: .*expected sequence_number 8/)
      .first(),
  ).toBeVisible();
  await expect(items(app).filter({ hasText: 'F4' }).filter({ hasText: '#8' })).toContainText(
    'error',
  );

  // By the list: Down goes on, I explains, Esc comes back.
  await items(app).first().getByRole('button').first().click();
  await keyboard.press('End');
  // The final text has what the broken delta lacks.
  await at(app, 19);
  await keyboard.press('Home');
  await at(app, 8);
  await keyboard.press('i');
  await expect(dialog(app, 'F4')).toContainText('An event was lost, sent twice');
  const whole = dialog(app, 'F4').getByRole('region', { name: 'The problem' });
  await expect(whole).toContainText('expected sequence_number 8');
  await expect(whole).toContainText(/event 8 · bytes [\d,]+ to [\d,]+/);
  await keyboard.press('Escape');
  await expect(dialog(app, 'F4')).toBeHidden();
  await expect(items(app).first().getByRole('button').first()).toBeFocused();

  // Silenced it is told of nowhere, and counted; the next problem is another one.
  await keyboard.press('Delete');
  await expect(items(app).filter({ hasText: 'F4' })).toHaveCount(0);
  await expect(app.row(8).getByTitle(/F4/)).toHaveCount(0);
  // What is said of it lies on none of the lower panes.
  const message = await app.page.getByText('Silenced F4 in this capture.').boundingBox();
  const list = await app.problems.boundingBox();
  expect(message!.x + message!.width).toBeLessThanOrEqual(list!.x);
  const silenced = app.page.getByRole('button', { name: /^\d+ silenced$/ });
  await expect(silenced).toBeVisible();
  await app.events.focus();
  await keyboard.press('Home');
  await keyboard.press('Shift+]');
  await at(app, 15);
  await expect.poll(() => storedMeta(app)).toMatchObject({ silenced: ['F4'] });

  // So it stays when the capture is opened again, and can be taken back there.
  await app.page.reload();
  await app.expectEvents(23);
  await expect(items(app).filter({ hasText: 'F4' })).toHaveCount(0);
  await silenced.click();
  const dimmed = items(app).filter({ hasText: 'F4' }).first();
  await expect(dimmed).toContainText('silenced here');
  await dimmed.getByRole('button', { name: 'Explain F4' }).click();
  await dialog(app, 'F4').getByRole('button', { name: 'Tell of it again' }).click();
  await expect(app.row(8).getByTitle(/^error F4/)).toBeVisible();

  // Of a server that is known to count so, it is a note that names it.
  await app.page.getByRole('button', { name: /^Profile: / }).click();
  await app.page.getByRole('menuitemradio', { name: 'LiteLLM', exact: true }).click();
  await expect(app.row(8).getByTitle(/^note F4: .*Known of LiteLLM/)).toBeVisible();
  await expect(items(app).filter({ hasText: '#8' }).first()).toContainText('note');
  await expect.poll(() => storedMeta(app)).toMatchObject({ profile: 'litellm' });

  // Read as plain events it breaks no rule of the Responses API; the playhead stays.
  await app.seekTo(12);
  await app.page.getByRole('button', { name: 'Dialect: OpenAI Responses' }).click();
  await app.page.getByRole('menuitemradio', { name: 'Plain events', exact: true }).click();
  await expect(app.page.getByRole('button', { name: 'Dialect: Plain events' })).toBeVisible();
  await expect(items(app).filter({ hasText: 'F4' })).toHaveCount(0);
  await at(app, 12);
});
