import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect } from './app.ts';

export const tree = (app: DebuggerPage) => app.page.getByRole('tree', { name: 'Outline' });
export const rows = (app: DebuggerPage) => tree(app).getByRole('treeitem');
/** By its name, and what its accessible name says of it. */
export const row = (app: DebuggerPage, name: string) =>
  tree(app).getByRole('treeitem', { name: new RegExp(`^${name}( |$)`) });
export const place = (app: DebuggerPage) =>
  app.page.getByRole('navigation', { name: 'Place in the schema' });
export const names = (app: DebuggerPage) =>
  rows(app).evaluateAll((found) => found.map((one) => one.querySelector('.name')!.textContent));

export const person = `{
  "type": "object",
  "properties": {
    "name": { "type": "string" },
    "age": { "type": "integer" },
    "occupation": { "type": "string" }
  },
  "required": ["name", "age", "occupation"],
  "additionalProperties": false
}
`;

/** The Schemas view with a new schema of that text. */
export async function open(app: DebuggerPage, text = person): Promise<void> {
  await app.page.keyboard.press('ControlOrMeta+3');
  await app.page.getByRole('button', { name: 'New blank schema' }).click();
  await app.pasteInEditor('Schema', text);
}
/** What is written in the editor, as it is kept on disk once it is. */
export function text(app: DebuggerPage): Promise<string> {
  return app.page.evaluate(async () => {
    const list = await window.deltascope.schemas.list();
    if (!list.ok) throw new Error(list.message);
    const opened = await window.deltascope.schemas.open({ id: list.value[0]!.id });
    if (!opened.ok) throw new Error(opened.message);
    return opened.value.text;
  });
}
export const expectText = (app: DebuggerPage, expected: string) =>
  expect.poll(() => text(app)).toBe(expected);

/** Over what is selected where the focus is. */
export function paste(app: DebuggerPage, pasted: string): Promise<boolean> {
  return app.page.evaluate((written) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', written);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    return document.activeElement!.dispatchEvent(event);
  }, pasted);
}
export async function renameTo(app: DebuggerPage, name: string): Promise<void> {
  const box = tree(app).getByRole('textbox', { name: /^Name of / });
  await expect(box).toBeFocused();
  await box.fill(name);
  await box.press('Enter');
  await expect(tree(app)).toBeFocused();
}
export async function choose(app: DebuggerPage, of: Locator, entry: string): Promise<void> {
  await of.click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: entry }).click();
}
