import type { ReplayConfig } from '../../src-ipc/server-contract.ts';
import type { CaptureStore } from '../captures/store.ts';
import { FolderShelf } from './folder-shelf.ts';
import type { Shelf } from './shelf.ts';
import { StoreShelf } from './store-shelf.ts';

/** The shelf that a server's config means. */
export function shelfOf(serves: ReplayConfig['serves'], store: CaptureStore): Shelf {
  return serves.kind === 'captures'
    ? new StoreShelf(store, serves.ids)
    : new FolderShelf(serves.path, store);
}
