import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { commandChannel, eventChannel } from '../../src-ipc/channels.ts';
import { type CommandName, commands, type Reply } from '../../src-ipc/contract.ts';
import { dispatch } from '../dispatch.ts';
import type { PageSession } from '../handlers.ts';
import type { SendEvent } from '../page-events.ts';
import { isOwnUrl } from './app-files.ts';

export interface IpcOptions {
  /** The session of a page, null for contents that are none of ours. */
  sessionOf(contents: WebContents): PageSession | null;
  devServer: string | null;
  log(message: string): void;
}

/** Listens to every command of the contract. */
export function registerIpc(options: IpcOptions): void {
  for (const name of Object.keys(commands) as CommandName[]) {
    ipcMain.handle(commandChannel(name), (event, input: unknown) => {
      // Read here, not later: after a navigation the frame of the event is another or none.
      const session = sessionOfSender(event, options);
      if (!session) {
        options.log(`Refused ${name} from a sender that is not the app's page.`);
        return forbidden();
      }
      return dispatch(session.handlers, name, input, (error) =>
        options.log(`${name} failed: ${error instanceof Error ? error.stack : String(error)}`),
      );
    });
  }
}

/** Sends events to a page, as long as it is there. */
export function sendTo(contents: WebContents): SendEvent {
  return (name, event) => {
    if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(eventChannel(name), event);
  };
}

/** Only the main frame of a known window, showing the app's own page, may command. */
function sessionOfSender(event: IpcMainInvokeEvent, options: IpcOptions): PageSession | null {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null) return null;
  if (!isOwnUrl(frame.url, options.devServer)) return null;
  return options.sessionOf(event.sender);
}

function forbidden(): Reply<never> {
  return {
    ok: false,
    code: 'forbidden',
    message: 'This page may not command Deltascope.',
    detail: '',
  };
}
