import type { AppState } from '../state/app.svelte.ts';
import { type Direction, stepGoal, type StepKind } from '../state/steps.ts';
import { type Given, ofEvents } from './command.ts';

/** What steps go along, in words, and their keys: with Shift they go back. */
export const STEPS: readonly {
  kind: StepKind;
  name: string;
  keys: [next: string, back: string];
}[] = [
  { kind: 'type', name: 'event of this type', keys: ['t', 'Shift+t'] },
  { kind: 'lane', name: 'event of this lane', keys: ['l', 'Shift+l'] },
  { kind: 'item', name: 'event of this item', keys: ['i', 'Shift+i'] },
  { kind: 'chunk', name: 'chunk', keys: ['c', 'Shift+c'] },
  { kind: 'response', name: 'response of the capture', keys: ['r', 'Shift+r'] },
  { kind: 'problem', name: 'problem', keys: ['Shift+]', 'Shift+['] },
  { kind: 'watch', name: 'change of a watch', keys: ['w', 'Shift+w'] },
  { kind: 'breakpoint', name: 'breakpoint hit', keys: ['h', 'Shift+h'] },
  { kind: 'bookmark', name: 'bookmark', keys: ['n', 'Shift+n'] },
];

export function stepCommands(app: AppState): Given[] {
  const step = (kind: StepKind, direction: Direction) => {
    const goal = () => (app.session ? stepGoal(app.session, kind, direction) : null);
    return {
      repeats: true,
      isEnabled: () => goal() !== null,
      run: () => {
        const seq = goal();
        if (seq === null) return;
        if (app.view !== 'captures') app.show('captures');
        app.session?.playhead.moveTo(seq);
      },
    };
  };
  return [
    ...STEPS.flatMap(({ kind, name, keys: [next, back] }) => [
      { id: `next-${kind}`, title: `Next ${name}`, keys: [next], ...step(kind, 1) },
      { id: `previous-${kind}`, title: `Previous ${name}`, keys: [back], ...step(kind, -1) },
    ]),
    {
      id: 'run-to-here',
      title: 'Run to the event under the pointer, or from the start to here',
      keys: ['Mod+F10'],
      ...ofEvents(app, ({ playhead, hovered }) => playhead.playTo(hovered ?? playhead.seq)),
    },
  ];
}
