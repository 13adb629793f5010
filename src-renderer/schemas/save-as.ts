import { api } from '../api.ts';
import type { AppState } from '../state/app.svelte.ts';

/** Asks where to save a text, and says where it is; failures are said. */
export async function saveAs(
  app: Pick<AppState, 'notices'>,
  name: string,
  text: string,
): Promise<void> {
  try {
    const saved = await api.files.save({ name, text });
    if (saved) app.notices.add('note', `Saved ${saved.path}.`);
  } catch (error) {
    app.notices.error(error);
  }
}
