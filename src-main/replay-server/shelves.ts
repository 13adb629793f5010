import type { ReplayConfig } from '../../src-ipc/server-contract.ts';
import type { CaptureStore } from '../captures/store.ts';
import type { Shelf } from './shelf.ts';
import { StoreShelf } from './store-shelf.ts';

/** The shelf that a server's config means. */
export function shelfOf(serves: ReplayConfig['serves'], store: CaptureStore): Shelf {
  if (serves.kind === 'captures') return new StoreShelf(store, serves.ids);
  return new StoreShelf(store, []);
}
