import { type CapturedSchema, schemasOfCapture } from '../../src-core/schema-sources/schemas-in.ts';
import { api } from '../api.ts';
import type { AppState, Session } from '../state/app.svelte.ts';
import { captureSource } from './new/ways.svelte.ts';

/** The schemas that the response of an event was asked for with: its output format, its functions. */
export function schemasAt({ view }: Session, seq: number): CapturedSchema[] {
  const response = seq < 0 || view.count === 0 ? null : view.event(view.index.responseStart(seq));
  return schemasOfCapture(view.meta.request?.body ?? null, response?.data ?? null);
}

/**
 * Opens a schema of a capture in the Schemas view: the entry of the library that came from there and
 * still has that text, else a new one. Failures are said.
 */
export async function editSchema(
  app: AppState,
  capture: string,
  found: CapturedSchema,
): Promise<void> {
  const { workbench } = app;
  await app.try(async () => {
    for (const { id, source } of workbench.list) {
      const from = source.capture;
      if (from?.id !== capture || from.pointer !== found.pointer) continue;
      const { text } = await api.schemas.open({ id });
      if (text !== found.text) continue;
      app.show('schemas');
      return workbench.open(id);
    }
    const name = app.captures.find(({ id }) => id === capture)?.name ?? 'a capture';
    const { description, strict, kind, text } = found;
    const source = captureSource(capture, name, found);
    const facts = { description, strict, kind };
    await workbench.create({ name: found.name || 'schema', text, ...facts, source });
  });
}

/** Opens the schema of a capture; where it has several, asks which one. */
export async function editSchemaOf(app: AppState, capture: string): Promise<void> {
  const found = await app.try(() => api.captures.schemas({ id: capture }));
  if (!found) return;
  const [only] = found;
  if (!only) app.notices.add('note', 'No schema was sent with it: no output format, no functions.');
  else if (found.length === 1) await editSchema(app, capture, only);
  else app.workbench.askForNew({ way: 'capture', capture });
}
