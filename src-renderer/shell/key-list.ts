import { TAB_KEY } from '../editor/tab-key.ts';
import type { AppState } from '../state/app.svelte.ts';
import { STRIP_KEYS } from '../timeline/strip-keys.ts';
import { commandsOf } from './commands.ts';

export interface KeyLine {
  title: string;
  keys: readonly string[];
}
export interface KeyGroup {
  name: string;
  lines: readonly KeyLine[];
}

const line = (title: string, ...keys: string[]): KeyLine => ({ title, keys });
const CONTEXT_MENU = line('Open the menu of what is selected', 'Shift+F10', 'ContextMenu');

/** The groups that a person in a view looks for. */
const OF_VIEW: Partial<Record<AppState['view'], RegExp>> = {
  schemas: /schema|outline|runs|live output/i,
  servers: /server/i,
  compare: /compare|two captures/i,
};

/** Keys that belong to a place rather than to a command: they work while the focus is there. */
const PLACES: readonly KeyGroup[] = [
  {
    name: 'In the list of events',
    lines: [line('A page up or down', 'PageUp', 'PageDown'), CONTEXT_MENU],
  },
  {
    name: 'In the output',
    lines: [
      line('To the piece that the event before or after wrote', 'ArrowLeft', 'ArrowRight'),
      line('Select on the way', 'Shift+ArrowLeft', 'Shift+ArrowRight'),
      line('Go to the event of the piece', 'Enter'),
      line('Fold or unfold what is around it', '-', '+'),
      line('Forget the piece and the selection', 'Esc'),
      CONTEXT_MENU,
    ],
  },
  {
    name: 'In the tree of the output',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown'),
      line('Open, close or go to the parent', 'ArrowRight', 'ArrowLeft'),
      line('Go to the event that began a value', 'Enter'),
      line('Copy the value', 'c'),
      line('Copy the JSON pointer', 'p'),
    ],
  },
  {
    name: 'In the list of fields',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown'),
      line('Go to the event that began a value', 'Enter'),
    ],
  },
  {
    name: 'In the dialog of a new schema',
    lines: [
      line('Move in a list', 'ArrowUp', 'ArrowDown'),
      line('Create', 'Mod+Enter', 'Enter'),
      line('Take the text of the clipboard', 'Mod+V'),
    ],
  },
  {
    name: 'In the dialog of an export',
    lines: [
      line('Choose the format', 'ArrowUp', 'ArrowDown'),
      line('Save or send', 'Mod+Enter'),
      line('Stop, or close', 'Esc'),
    ],
  },
  {
    name: 'In the lists of watches and breakpoints',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown'),
      line('Go to the event before or after', 'ArrowLeft', 'ArrowRight'),
      line('Edit', 'Enter', 'F2'),
      line('Enable or disable a breakpoint', 'Space'),
      line('Remove', 'Delete'),
    ],
  },
  {
    name: 'In the filter box',
    lines: [
      line('Go to the list', 'Enter', 'ArrowDown'),
      line('Choose a proposal', 'ArrowDown', 'ArrowUp'),
      line('Take the proposal', 'Tab', 'Enter'),
      line('Close the proposals, clear the filter', 'Esc'),
    ],
  },
  {
    name: 'In the list of saved filters',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown'),
      line('Apply', 'Enter'),
      line('Rename', 'F2'),
      line('Delete', 'Delete'),
    ],
  },
  {
    name: 'In the colour rules',
    lines: [line('Move the rule', 'Alt+ArrowUp', 'Alt+ArrowDown')],
  },
  {
    name: 'In the fields of an event',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown'),
      line('Open, close or go to the parent', 'ArrowRight', 'ArrowLeft', 'Enter'),
      line('Copy the value', 'c'),
      line('Copy the JSON pointer', 'p'),
      CONTEXT_MENU,
    ],
  },
  {
    name: 'In the snapshot’s changes',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown', 'Home', 'End'),
      line('Show in the JSON', 'Enter'),
      CONTEXT_MENU,
    ],
  },
  { name: 'In the timeline', lines: STRIP_KEYS },
  {
    name: 'In the list of captures',
    lines: [
      line('Open the one above or below', 'ArrowUp', 'ArrowDown'),
      line('Rename', 'F2'),
      line('Delete', 'Delete', 'Backspace'),
      CONTEXT_MENU,
    ],
  },
  {
    name: 'In the list of servers',
    lines: [
      line('Show the one above or below', 'ArrowUp', 'ArrowDown', 'j', 'k', 'Home', 'End'),
      line('Start or stop', 'Enter'),
      line('Rename', 'F2'),
      line('Delete', 'Delete', 'Backspace'),
      CONTEXT_MENU,
    ],
  },
  {
    name: 'In the faults of a replay server',
    lines: [
      line('Add a step', 'a'),
      line('Show the step above or below', 'ArrowUp', 'ArrowDown'),
      line('Apply it earlier or later', 'Alt+ArrowUp', 'Alt+ArrowDown'),
      line('Switch it on or off', 'Space'),
      line('Duplicate it', 'Mod+D'),
      line('Delete it', 'Delete'),
      line('Undo', 'Mod+Z'),
      line('Back to the setup', 'Escape'),
    ],
  },
  {
    name: 'In the captures of a replay server',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown'),
      line('Serve it earlier or later', 'Alt+ArrowUp', 'Alt+ArrowDown'),
      line('Open in Captures', 'Enter'),
      line('Take out', 'Delete', 'Backspace'),
    ],
  },
  {
    name: 'In the log of a server',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown', 'j', 'k', 'Home', 'End'),
      line('Show the request below', 'Space'),
      line('Close it', 'Esc'),
      line('Open the capture', 'Enter'),
    ],
  },
  {
    name: 'In the list of schemas',
    lines: [
      line('Open the one above or below', 'ArrowUp', 'ArrowDown', 'Home', 'End'),
      line('Rename', 'F2'),
      line('Delete', 'Delete', 'Backspace'),
      CONTEXT_MENU,
    ],
  },
  {
    name: 'In the history of a schema',
    lines: [
      line('Show the difference of the one above or below', 'ArrowUp', 'ArrowDown', 'Home', 'End'),
      line('Restore the version', 'Enter'),
    ],
  },
  {
    name: 'In the list of problems',
    lines: [
      line('Go to the one above or below', 'ArrowUp', 'ArrowDown', 'j', 'k', 'Home', 'End'),
      line('Unfold or fold a rule', 'ArrowRight', 'ArrowLeft', 'Enter'),
      line('Explain the rule', 'i', 'F1'),
      line('Copy the problem', 'c'),
      line('Silence the rule in this capture', 'Delete', 'Backspace'),
      CONTEXT_MENU,
    ],
  },
  {
    name: 'In the list of bookmarks',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown'),
      line('Go to the event', 'Enter'),
      line('Edit the note', 'F2'),
      line('Remove', 'Delete', 'Backspace'),
    ],
  },
  {
    name: 'In the table of runs',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'),
      line('Open in Captures, at the first violation', 'Enter'),
      line('Check again by the schema as it is now', 'c'),
      line('Delete', 'Delete', 'Backspace'),
      CONTEXT_MENU,
    ],
  },
  {
    name: 'In the live output',
    lines: [
      line('Go from value to value', 'ArrowUp', 'ArrowDown'),
      line('Show its event in Captures', 'Enter'),
    ],
  },
  {
    name: 'In the aligned events of two captures',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown', 'j', 'k', 'PageUp', 'PageDown', 'Home', 'End'),
      line('Work on the other side', 'ArrowLeft', 'ArrowRight'),
      line('Open the event in Captures', 'Enter'),
      line('Copy the row', 'c'),
      CONTEXT_MENU,
    ],
  },
  {
    name: 'In menus',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown', 'Home', 'End'),
      line('The next entry that begins so', 'A–Z'),
    ],
  },
  {
    name: 'In the outline of a schema',
    lines: [
      line('Move', 'ArrowUp', 'ArrowDown', 'Home', 'End'),
      line('Open, close or go to what is around it', 'ArrowRight', 'ArrowLeft'),
      line('Go to the text', 'Enter'),
      line('Add a property behind it', 'Insert', 'Shift+Enter'),
      line('Add a property, branch or definition inside it', 'i', 'Shift+Insert'),
      line('Rename', 'F2'),
      line('Choose the type, or a definition to refer to', 't'),
      line('Make nullable, or no longer', 'n'),
      line('Make required or optional', 'r'),
      line('Edit the description, the values of an enum', 'd', 'e'),
      line('Move it up or down', 'Alt+ArrowUp', 'Alt+ArrowDown'),
      line('Remove', 'Delete', 'Backspace'),
      line('Undo, redo', 'Mod+Z', 'Mod+Shift+Z'),
      line('Select the whole schema', 'Esc'),
      CONTEXT_MENU,
    ],
  },
  {
    name: 'In the text of a schema',
    lines: [
      line('Complete', 'Ctrl+Space'),
      line('Format, with the order of keys kept', 'Shift+Alt+F'),
      line('Offer the quick fixes', 'Mod+.'),
      line('Go to the next problem, or the one before', 'F8', 'Shift+F8'),
    ],
  },
  {
    name: 'In the editors',
    lines: [line('Find', 'Mod+F'), line('Tab leaves the editor, or indents', TAB_KEY)],
  },
  {
    name: 'Everywhere',
    lines: [
      line('Go to the next tab, in a row of tabs', 'ArrowRight', 'ArrowLeft'),
      line('Resize panes, on the line between them', 'ArrowRight', 'ArrowLeft'),
      line('Close what is open', 'Esc'),
    ],
  },
];

/** All keys, by group, those of the view that shows first; of commands and places that hold all words of the query. */
export function keyGroups(app: AppState, query: string): KeyGroup[] {
  const byGroup = new Map<string, KeyLine[]>();
  for (const { group, title, keys, id } of commandsOf(app)) {
    if (keys.length === 0) continue;
    const lines = byGroup.get(group) ?? [];
    lines.push({ title: STANDING_TITLES[id] ?? title, keys });
    byGroup.set(group, lines);
  }
  const given = [...[...byGroup].map(([name, lines]) => ({ name, lines })), ...PLACES];
  const isNear = ({ name }: KeyGroup) => OF_VIEW[app.view]?.test(name) ?? false;
  const all = [...given.filter(isNear), ...given.filter((group) => !isNear(group))];
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return all
    .map(({ name, lines }) => ({
      name,
      lines: lines.filter(({ title, keys }) => {
        const text = `${name} ${title} ${keys.join(' ')}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ lines }) => lines.length > 0);
}

/** Of commands whose titles say what they would do now: what their key does at any time. */
const STANDING_TITLES: Record<string, string> = {
  'play-pause': 'Play or pause',
  undo: 'Undo the last deletion or removal',
  'export-capture': 'Export the capture',
  'rename-capture': 'Rename the capture',
  'rename-schema': 'Rename the schema',
  'save-version': 'Save a version',
  'toggle-bookmark': 'Set or remove a bookmark',
  'edit-bookmark': 'Write the note of a bookmark',
  'toggle-mark': 'Set or clear the mark to compare with',
};
