import type { PageApi } from './contract.ts';

declare global {
  interface Window {
    /** Exposed by `preload.ts`. */
    readonly deltascope: PageApi;
  }
}
