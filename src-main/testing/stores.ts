import type { Recording } from '../captures/recording.ts';
import { readYaml } from '../imports/read-yaml.ts';
import type { ImportTools } from '../imports/source.ts';
import { CaptureStore, type NewCapture, type StoreEvents } from '../captures/store.ts';

/** What a store said, in order. */
export interface Said {
  changes: (string | null)[];
  notices: string[];
}

/** A store on a folder, started, with what it says written down. */
export function storeOn(folder: string): { store: CaptureStore; said: Said } {
  const said: Said = { changes: [], notices: [] };
  const events: StoreEvents = {
    changed: (select) => said.changes.push(select),
    notice: (_severity, message) => said.notices.push(message),
  };
  const store = new CaptureStore(folder, events);
  store.start();
  return { store, said };
}

/** A capture of a request, as far as it is needed to record one. */
export const aRequest: NewCapture = {
  name: 'A request',
  origin: { kind: 'request', endpoint: 'test' },
};

/** Resolves when the recording has ended. */
export function ended(recording: Recording): Promise<void> {
  return new Promise((resolve) => {
    if (recording.ended) return resolve();
    recording.listen(() => {
      if (recording.ended) resolve();
    });
  });
}

/** An event of the Responses protocol as it stands in a body. */
export function frame(type: string, fields: Record<string, unknown> = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
export const CREATED = frame('response.created', { response: { model: 'm', output: [] } });
export const COMPLETED = frame('response.completed', { response: { model: 'm', output: [] } });

/** What importing into that store needs. */
export function toolsOf(store: CaptureStore): ImportTools {
  return { store, readYaml };
}
