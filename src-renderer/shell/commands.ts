import { decodeUtf8 } from '../../src-core/text.ts';
import type { Settings } from '../../src-ipc/contract.ts';
import { DRAWER_TABS } from '../drawer/drawer-tabs.ts';
import type { AppState, Session, ViewName } from '../state/app.svelte.ts';
import { SPEEDS } from '../state/playhead.svelte.ts';
import { bookmarkCommands, timeCommands } from './bookmark-commands.ts';
import { compareCommands } from './compare-commands.ts';
import { breakpointCommands } from './breakpoint-commands.ts';
import { exportCommands } from './export-commands.ts';
import { libraryCommands } from './library-commands.ts';
import { outlineCommands } from './outline-commands.ts';
import { stepCommands } from './step-commands.ts';
import { type Command, type Given, group, ofEvents, ofSession } from './command.ts';
import { newSchemaCommands } from './new-schema-commands.ts';
import { schemaCommands } from './schema-commands.ts';
import { problemCommands } from './problem-commands.ts';
import { readingCommands } from './reading-commands.ts';
import { runCommands } from './run-commands.ts';
import { serverCommands } from './server-commands.ts';
import { filterCommands, savedFilterCommands } from './filter-commands.ts';

export type { Command };

/** Every command as things stand: titles name what the command would do now. */
export function commandsOf(app: AppState): Command[] {
  return [
    ...group('Replay', replayCommands(app)),
    ...group('Events', eventCommands(app)),
    ...group('Events', filterCommands(app)),
    ...group('Edit', undoCommands(app)),
    ...group('Steps', stepCommands(app)),
    ...group('Breakpoints and watches', breakpointCommands(app)),
    ...group('Filters', savedFilterCommands(app)),
    ...group('Problems', problemCommands(app)),
    ...group('Bookmarks', bookmarkCommands(app)),
    ...group('Request', requestCommands(app)),
    ...group('Schemas', newSchemaCommands(app)),
    ...group('Schemas', libraryCommands(app)),
    ...group('Schemas', schemaCommands(app)),
    ...group('Captures', captureCommands(app)),
    ...group('Captures', exportCommands(app)),
    ...group('Captures', readingCommands(app)),
    ...group('Compare', compareCommands(app)),
    ...group('Schemas', runCommands(app)),
    ...group('Schemas', outlineCommands(app)),
    ...group('Servers', serverCommands(app)),
    ...group('Copy', copyCommands(app)),
    ...group('Timeline', timelineCommands(app)),
    ...group('View', viewCommands(app)),
    ...group('Times', timeCommands(app)),
    ...group('Settings', settingCommands(app)),
  ];
}

function replayCommands(app: AppState): Given[] {
  const isPlaying = app.session?.playhead.playing ?? false;
  return [
    {
      id: 'play-pause',
      title: isPlaying ? 'Pause' : 'Play',
      keys: ['Space', 'F8'],
      ...ofEvents(app, ({ playhead }) => playhead.toggle()),
    },
    {
      id: 'step-forward',
      title: 'Step forward',
      keys: [']'],
      repeats: true,
      ...ofEvents(app, ({ playhead }) => playhead.step(1)),
    },
    {
      id: 'step-back',
      title: 'Step back',
      keys: ['['],
      repeats: true,
      ...ofEvents(app, ({ playhead }) => playhead.step(-1)),
    },
    {
      id: 'go-to-start',
      title: 'Go to start',
      keys: ['Home'],
      ...ofEvents(app, () => app.moveRow(-Infinity)),
    },
    {
      id: 'go-to-end',
      title: 'Go to end',
      keys: ['End'],
      ...ofEvents(app, () => app.moveRow(Infinity)),
    },
    {
      id: 'follow',
      title: 'Follow the newest event',
      ...ofEvents(app, ({ playhead }) => playhead.follow()),
    },
    ...SPEEDS.map((speed) => ({
      id: `speed-${speed}`,
      title: speed === 'instant' ? 'Speed: instant' : `Speed: ${speed}×`,
      run: () => app.setSpeed(speed),
    })),
  ];
}

function undoCommands({ undo }: AppState): Given[] {
  return [
    {
      id: 'undo',
      title: undo.what === null ? 'Undo' : `Undo the ${undo.what}`,
      keys: ['Mod+Z'],
      isEnabled: () => undo.what !== null,
      run: () => undo.last(),
    },
  ];
}

function eventCommands(app: AppState): Given[] {
  return [
    {
      id: 'next-row',
      title: 'Next row',
      keys: ['ArrowDown', 'j'],
      repeats: true,
      ...ofEvents(app, () => app.moveRow(1)),
    },
    {
      id: 'previous-row',
      title: 'Previous row',
      keys: ['ArrowUp', 'k'],
      repeats: true,
      ...ofEvents(app, () => app.moveRow(-1)),
    },
  ];
}

function requestCommands(app: AppState): Given[] {
  return [
    { id: 'send', title: 'Send the request', keys: ['Mod+Enter'], run: () => void app.send() },
    {
      id: 'stop',
      title: 'Stop the stream',
      isEnabled: () => app.isLive,
      run: () => void app.stop(),
    },
    ...app.endpoints.map((endpoint) => ({
      id: `endpoint-${endpoint.id}`,
      title: `Send to ${endpoint.name}`,
      run: () => app.settings.set({ endpoint: endpoint.id }),
    })),
  ];
}

function captureCommands(app: AppState): Given[] {
  const id = app.session?.view.id;
  const name = app.captures.find((one) => one.id === id)?.name ?? 'the capture';
  const withCapture = (run: (id: string) => void) => ({
    isEnabled: () => id !== undefined,
    run: () => {
      if (id !== undefined) run(id);
    },
  });
  return [
    {
      id: 'open-file',
      title: 'Open a file',
      keys: ['Mod+O'],
      run: () => void app.imports.dialog(),
    },
    {
      id: 'paste-stream',
      title: 'Paste a stream',
      keys: ['Mod+Shift+V'],
      run: () => (app.overlay = 'paste'),
    },
    {
      id: 'rename-capture',
      title: `Rename ${name}`,
      keys: ['F2'],
      ...withCapture((one) => {
        app.show('captures');
        app.renaming = one;
      }),
    },
    {
      id: 'delete-capture',
      title: `Delete ${name}`,
      ...withCapture((one) => void app.delete(one)),
    },
    {
      id: 'reveal-capture',
      title: `Show the folder of ${name}`,
      ...withCapture((one) => app.reveal(one)),
    },
  ];
}

function copyCommands(app: AppState): Given[] {
  const copy = (what: string, textOf: (session: Session, seq: number) => string | null) =>
    ofSession(app, (session) => {
      const { seq } = session.playhead;
      const text = textOf(session, seq);
      if (text === null) app.notices.add('note', `There is no ${what} at event ${seq}.`);
      else app.copy(text, `Copied the ${what} at event ${seq}.`);
    });
  return [
    {
      id: 'copy-data',
      title: 'Copy the event’s data',
      ...copy('data', ({ view }, seq) => view.dataText(seq)),
    },
    {
      id: 'copy-frame',
      title: 'Copy the event’s frame',
      ...copy('frame', ({ view }, seq) => decodeUtf8(view.frameBytes(seq))),
    },
    {
      id: 'copy-output',
      title: 'Copy the output here',
      ...copy('output', ({ view }, seq) => {
        const texts = view.index.lanesAt(seq).map((lane) => view.index.laneTextAt(lane, seq));
        return texts.join('\n\n') || null;
      }),
    },
    {
      id: 'copy-snapshot',
      title: 'Copy the snapshot here',
      ...copy('snapshot', ({ view }, seq) => {
        const snapshot = view.snapshotAt(seq);
        return snapshot && JSON.stringify(snapshot, null, 2);
      }),
    },
  ];
}

function timelineCommands(app: AppState): Given[] {
  const zoom = (direction: 'in' | 'out') =>
    ofEvents(app, ({ timeline, playhead, view }) => {
      timeline.showsTable = false;
      timeline.zoomStep(direction, view.timeUs(playhead.seq));
    });
  return [
    { id: 'timeline-zoom-in', title: 'Zoom in the timeline', ...zoom('in') },
    { id: 'timeline-zoom-out', title: 'Zoom out the timeline', ...zoom('out') },
    {
      id: 'timeline-fit',
      title: 'Fit the timeline',
      ...ofEvents(app, ({ timeline }) => timeline.fit()),
    },
    {
      id: 'timeline-clear-range',
      title: 'Clear the selected range',
      isEnabled: () => (app.session?.filter.range ?? null) !== null,
      run: () => {
        if (app.session) app.session.filter.range = null;
      },
    },
    {
      id: 'timeline-table',
      title: 'Timeline as a table, or as a picture',
      ...ofEvents(app, ({ timeline }) => (timeline.showsTable = !timeline.showsTable)),
    },
  ];
}

function viewCommands(app: AppState): Given[] {
  const view = (name: ViewName, title: string, keys: string[]) => ({
    id: `view-${name}`,
    title,
    keys,
    run: () => app.show(name),
  });
  const inDetail = (patch: Partial<Settings>) => () => {
    app.show('captures');
    app.settings.set(patch);
  };
  return [
    view('captures', 'Captures', ['Mod+1']),
    view('compose', 'Compose', ['Mod+2']),
    view('schemas', 'Schemas', ['Mod+3']),
    view('servers', 'Servers', ['Mod+4']),
    view('compare', 'Compare', ['Mod+5']),
    view('settings', 'Settings', ['Mod+,', 'Mod+6']),
    { id: 'tab-event', title: 'Event tab', run: inDetail({ detailTab: 'event' }) },
    { id: 'tab-output', title: 'Output tab', run: inDetail({ detailTab: 'output' }) },
    { id: 'tab-snapshot', title: 'Snapshot tab', run: inDetail({ detailTab: 'snapshot' }) },
    {
      id: 'output-document',
      title: 'Output as a document',
      run: inDetail({ detailTab: 'output', outputView: 'document' }),
    },
    {
      id: 'output-text',
      title: 'Output as text',
      run: inDetail({ detailTab: 'output', outputView: 'text' }),
    },
    {
      id: 'output-tree',
      title: 'Output as a tree',
      run: inDetail({ detailTab: 'output', outputView: 'tree' }),
    },
    {
      id: 'output-fields',
      title: app.settings.values.outputFields
        ? 'Hide the fields of the output'
        : 'List the fields of the output',
      run: inDetail({ detailTab: 'output', outputFields: !app.settings.values.outputFields }),
    },
    {
      id: 'output-ahead',
      title: app.settings.values.outputAhead
        ? 'Hide what comes after the playhead in the output'
        : 'Draw what comes after the playhead in the output',
      run: inDetail({ detailTab: 'output', outputAhead: !app.settings.values.outputAhead }),
    },
    ...DRAWER_TABS.map(({ tab, name }) => ({
      id: `drawer-${tab}`,
      title: `${name} in the drawer`,
      run: inDetail({ drawerTab: tab, drawerOpen: true }),
    })),
    {
      id: 'toggle-drawer',
      title: app.settings.values.drawerOpen ? 'Close the drawer' : 'Open the drawer',
      run: () => app.settings.set({ drawerOpen: !app.settings.values.drawerOpen }),
    },
    {
      id: 'command-palette',
      title: 'Command palette',
      keys: ['Mod+K'],
      run: () => (app.overlay = app.overlay === 'palette' ? null : 'palette'),
    },
    { id: 'keys', title: 'List the keys', keys: ['?'], run: () => (app.overlay = 'keys') },
  ];
}

function settingCommands(app: AppState): Given[] {
  const themes = { system: 'as the system', light: 'light', dark: 'dark' } as const;
  return [
    ...Object.entries(themes).map(([theme, title]) => ({
      id: `theme-${theme}`,
      title: `Theme: ${title}`,
      run: () => app.settings.set({ theme: theme as Settings['theme'] }),
    })),
    {
      id: 'start-replay-server',
      title: app.replayServer.running ? 'Stop the replay server' : 'Start the replay server',
      run: () => void app.toggleReplayServer(),
    },
  ];
}
