import type { AppState } from '../state/app.svelte.ts';
import type { Given } from './command.ts';

/** Two captures side by side. */
export function compareCommands(app: AppState): Given[] {
  const open = app.session?.view.id;
  const name = app.captures.find((one) => one.id === open)?.name ?? 'the capture';
  const isShown = app.view === 'compare';
  const hasBoth = () => isShown && app.comparing.events.alignment !== null;
  return [
    {
      id: 'compare-with',
      title: `Compare ${name} with…`,
      isEnabled: () => open !== undefined,
      run: () => {
        if (open !== undefined) app.comparing.compareWith(open);
      },
    },
    {
      id: 'next-difference',
      title: 'Next difference',
      keys: ['n'],
      view: 'compare',
      repeats: true,
      isEnabled: hasBoth,
      run: () => app.comparing.step(1),
    },
    {
      id: 'previous-difference',
      title: 'Previous difference',
      keys: ['p', 'Shift+n'],
      view: 'compare',
      repeats: true,
      isEnabled: hasBoth,
      run: () => app.comparing.step(-1),
    },
    {
      id: 'swap-compared',
      title: 'Swap the compared captures',
      keys: ['x'],
      view: 'compare',
      isEnabled: () => isShown && app.comparing.idOf('b') !== null,
      run: () => app.comparing.swap(),
    },
    {
      id: 'link-playheads',
      title: 'Link the playheads, or let them go',
      keys: ['l'],
      view: 'compare',
      isEnabled: hasBoth,
      run: () => app.comparing.setLink({ linked: !app.comparing.chosen.linked }),
    },
    {
      id: 'only-differences',
      title: 'Only the events that differ, or all',
      keys: ['d'],
      view: 'compare',
      isEnabled: hasBoth,
      run: () => app.comparing.choose({ onlyDifferent: !app.comparing.chosen.onlyDifferent }),
    },
  ];
}
