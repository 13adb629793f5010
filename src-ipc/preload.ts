import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { commandChannel, eventChannel } from './channels.ts';
import { type CommandName, commands, EVENT_NAMES, type Events } from './contract.ts';

/**
 * Makes `window.deltascope` (`PageApi`) from the contract: a function for each command, and `on`.
 * Nothing here passes a channel's name on from the page, and `ipcRenderer` never reaches it.
 */
type Call = (input: unknown) => Promise<unknown>;
type Listener = (event: unknown) => void;

const api: Record<string, Record<string, Call>> = {};
for (const name of Object.keys(commands) as CommandName[]) {
  const [group, verb] = name.split('.') as [string, string];
  const channel = commandChannel(name);
  (api[group] ??= {})[verb] = (input) => ipcRenderer.invoke(channel, input) as Promise<unknown>;
}

function on(name: keyof Events, listener: Listener): () => void {
  if (!EVENT_NAMES.includes(name)) throw new Error(`There is no event ${String(name)}.`);
  const channel = eventChannel(name);
  // Electron's event object holds the sender: the page gets the payload only.
  const receive = (_event: IpcRendererEvent, payload: unknown) => listener(payload);
  ipcRenderer.on(channel, receive);
  return () => {
    ipcRenderer.removeListener(channel, receive);
  };
}

contextBridge.exposeInMainWorld('deltascope', { ...api, on });
