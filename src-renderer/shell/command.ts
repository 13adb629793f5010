import type { AppState, Session, ViewName } from '../state/app.svelte.ts';

/** Something a person can do. The palette, the keys and the application menu all run these. */
export interface Command {
  id: string;
  title: string;
  group: string;
  /** Such as `Mod+K`, `Shift+[`, `Space`: Mod is Ctrl, or Cmd on a Mac. The first one is shown. */
  keys: readonly string[];
  /** The view in which the keys are this command's, before those that have none; null for all views. */
  view: ViewName | null;
  /** Whether holding the key down runs it again and again. */
  repeats: boolean;
  isEnabled(): boolean;
  run(): void;
}

/** A command without what most of them leave as it is. */
export type Given = Pick<Command, 'id' | 'title' | 'run'> & Partial<Command>;

export function group(name: string, commands: Given[]): Command[] {
  const defaults = { group: name, keys: [], view: null, repeats: false, isEnabled: () => true };
  return commands.map((command) => ({ ...defaults, ...command }));
}

/** A command about the open capture: enabled while one with events is open. */
export function ofSession(
  app: AppState,
  run: (session: Session) => void,
): Pick<Command, 'isEnabled' | 'run'> {
  return {
    isEnabled: () => app.session !== null && app.session.view.count > 0,
    run: () => {
      if (app.session) run(app.session);
    },
  };
}

/** The same for what shows in the Captures view. */
export function ofEvents(
  app: AppState,
  run: (session: Session) => void,
): Pick<Command, 'isEnabled' | 'run'> {
  return ofSession(app, (session) => {
    if (app.view !== 'captures') app.show('captures');
    run(session);
  });
}
