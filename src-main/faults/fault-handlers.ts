import { statSync } from 'node:fs';
import type { CaptureMeta } from '../../src-core/capture.ts';
import type { CommandName, Handlers } from '../../src-ipc/contract.ts';
import type { CaptureStore } from '../captures/store.ts';
import { readRecorded } from '../replay-server/read-recorded.ts';
import { refuseTooLarge } from './faulty-size.ts';
import { saveFaulted } from './save-faulted.ts';

type FaultCommand = Extract<CommandName, `faults.${string}`>;

/** The commands about faults. */
export function faultHandlers(store: CaptureStore): Pick<Handlers, FaultCommand> {
  const recordedOf = (id: string, meta: CaptureMeta) => {
    const { size } = statSync(store.paths(id).body, { throwIfNoEntry: false }) ?? { size: 0 };
    refuseTooLarge(size, meta.name);
    return readRecorded(store.paths(id), meta);
  };
  return {
    'faults.subject': async ({ id }) => {
      const meta = store.meta(id);
      const recorded = await recordedOf(id, meta);
      const { request, dialect } = meta;
      return { recorded, known: { request, ...(dialect && { dialect }) } };
    },
    'faults.save': async ({ id, ...asked }) => {
      const meta = store.meta(id);
      return { id: await saveFaulted(store, meta, await recordedOf(id, meta), asked) };
    },
  };
}
