import type { AppState } from '../state/app.svelte.ts';
import type { Given } from './command.ts';

/** Captures as files, texts and spans. */
export function exportCommands(app: AppState): Given[] {
  const id = app.session?.view.id;
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
  ];
}
