import { SHARE_CHOICES } from '../export/export-dialog.svelte.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { Given } from './command.ts';

/** Captures as files, texts and spans. */
export function exportCommands(app: AppState): Given[] {
  // In Compare it is the first of the two that show, and not what was open elsewhere.
  const id = (app.view === 'compare' ? app.comparing.idOf('a') : null) ?? app.session?.view.id;
  const name = app.captures.find((one) => one.id === id)?.name ?? 'the capture';
  return [
    {
      id: 'export-capture',
      title: `Export ${name}…`,
      keys: ['Mod+E'],
      isEnabled: () => id !== undefined,
      run: () => {
        if (id !== undefined) app.exports.ask(id);
      },
    },
    ...SHARE_CHOICES.map((choice): Given => ({
      id: `export-as-${choice.id}`,
      title: `Export as ${choice.title}…`,
      isEnabled: () => id !== undefined,
      run: () => {
        if (id !== undefined) app.exports.ask(id, choice.id);
      },
    })),
  ];
}
