import { listen } from '../api.ts';
import type { AppState } from '../state/app.svelte.ts';
import { isMac } from '../state/format.ts';
import { type Command, commandsOf } from './commands.ts';
import { bindingOf, focusKindOf, isFree } from './keys.ts';

/** Runs commands for the window's keys and for the application menu; returns what ends it. */
export function handleKeys(app: AppState): () => void {
  // Before anything that has the focus: Monaco has own meanings for Ctrl+K and Ctrl+Enter.
  const withMod = (event: KeyboardEvent) => handle(event, (binding) => binding.startsWith('Mod+'));
  // After everything else, so that a list or a tree can take its keys.
  const plain = (event: KeyboardEvent) => handle(event, (binding) => !binding.startsWith('Mod+'));

  function handle(event: KeyboardEvent, isMine: (binding: string) => boolean) {
    if (event.defaultPrevented || event.isComposing) return;
    const binding = bindingOf(event, isMac);
    if (binding === null || !isMine(binding)) return;
    const target = event.target instanceof Element ? event.target : null;
    if (!isFree(binding, focusKindOf(target))) return;
    // What edits a text takes back its own changes.
    if (binding === 'Mod+Z' && target?.closest('[data-own-undo]')) return;
    const command = commandOfKey(app, binding);
    if (!command || !mayRun(app, command) || isOutOfSight(app, command)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat || command.repeats) command.run();
  }

  const stopListening = listen('menu.command', ({ command: id }) => {
    const command = commandsOf(app).find((one) => one.id === id);
    if (command && mayRun(app, command)) command.run();
  });
  window.addEventListener('keydown', withMod, { capture: true });
  window.addEventListener('keydown', plain);
  return () => {
    stopListening();
    window.removeEventListener('keydown', withMod, { capture: true });
    window.removeEventListener('keydown', plain);
  };
}

/** The command that a key is for in the view that shows. */
function commandOfKey(app: AppState, binding: string): Command | undefined {
  const commands = commandsOf(app).filter(({ keys }) => keys.includes(binding));
  return (
    commands.find(({ view }) => view === app.view) ?? commands.find(({ view }) => view === null)
  );
}

/** Under a dialog nothing runs. */
function mayRun(app: AppState, command: Command): boolean {
  if (app.workbench.isAsking && app.view === 'schemas') return false;
  if (app.servers.isPicking && app.view === 'servers') return false;
  if (app.overlay !== null) return command.id === 'command-palette';
  return command.isEnabled();
}

/** In other views the keys that move through events are the view's own: Space and the arrows scroll. */
function isOutOfSight(app: AppState, { group, id }: Command): boolean {
  if (app.view === 'captures' || id === 'focus-filter') return false;
  // What would be sent is not what shows.
  if (app.view === 'schemas' && id === 'send') return true;
  return group === 'Replay' || group === 'Events';
}
