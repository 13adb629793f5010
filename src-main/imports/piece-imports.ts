import { closeSync, openSync, writeSync } from 'node:fs';
import type { CaptureOrigin } from '../../src-core/capture.ts';
import type { CaptureStore } from '../captures/store.ts';
import { Refusal } from '../refusal.ts';
import type { Source, Staged } from './source.ts';

/** An import in pieces whose body grew beyond this many bytes is refused: 4 GiB. */
const MAX_BYTES = 4 * 1024 ** 3;

interface Arriving {
  staged: Staged;
  file: number;
  bytes: number;
  name: string;
  origin: CaptureOrigin;
}

/** What arrives in pieces from the page, because it was dropped or pasted, becomes a staged body. */
export class PieceImports {
  readonly #store: CaptureStore;
  readonly #open = new Map<string, Arriving>();

  constructor(store: CaptureStore) {
    this.#store = store;
  }

  start(name: string, kind: 'file' | 'paste'): string {
    const staged = this.#store.stage();
    const origin: CaptureOrigin = kind === 'paste' ? { kind } : { kind, path: name };
    const file = openSync(staged.paths.body, 'ax', 0o600);
    this.#open.set(staged.id, { staged, file, bytes: 0, name, origin });
    return staged.id;
  }

  /** @throws Refusal `no-such-import`, `too-large`; system errors of writing */
  piece(id: string, bytes: Uint8Array): void {
    const arriving = this.#get(id);
    if (arriving.bytes + bytes.byteLength > MAX_BYTES) {
      this.cancel(id);
      throw new Refusal('too-large', `${arriving.name} is larger than 4 GiB.`);
    }
    let written = 0;
    while (written < bytes.byteLength) {
      written += writeSync(arriving.file, bytes, written, bytes.byteLength - written);
    }
    arriving.bytes += written;
  }

  /** All is here. @throws Refusal `no-such-import`, `empty` */
  end(id: string): Source {
    const { staged, file, bytes, name, origin } = this.#get(id);
    this.#open.delete(id);
    closeSync(file);
    if (bytes === 0) {
      this.#store.discard(staged);
      throw new Refusal('empty', `${name} is empty.`);
    }
    return { path: staged.paths.body, name, origin, staged, notes: [] };
  }

  cancel(id: string): void {
    const arriving = this.#open.get(id);
    if (!arriving) return;
    this.#open.delete(id);
    closeSync(arriving.file);
    this.#store.discard(arriving.staged);
  }

  /** The page is gone: nobody will end what it began. */
  cancelAll(): void {
    for (const id of [...this.#open.keys()]) this.cancel(id);
  }

  #get(id: string): Arriving {
    const arriving = this.#open.get(id);
    if (arriving) return arriving;
    throw new Refusal('no-such-import', 'This import was not started or has ended.', id);
  }
}
