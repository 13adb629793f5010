import { isMac } from '../state/format.ts';

/** Lets Tab leave an editor, or indent again: Monaco's own key. */
export const TAB_KEY = isMac ? 'Ctrl+Shift+M' : 'Mod+M';
