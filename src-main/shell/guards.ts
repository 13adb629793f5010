import { app, type Session, type WebContents } from 'electron';
import { isOwnUrl } from './app-files.ts';

/** All that a page may ask for: to put text on the clipboard. */
const ALLOWED_PERMISSIONS = new Set(['clipboard-sanitized-write']);

/**
 * Closes what Electron leaves open: permissions, the network, navigation, new windows, webviews.
 * The page has the network of `connect-src 'self'` only; requests are main's.
 */
export function guardSession(session: Session, devServer: string | null): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(ALLOWED_PERMISSIONS.has(permission)),
  );
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED_PERMISSIONS.has(permission));
  session.setDevicePermissionHandler(() => false);
  const urls = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'];
  session.webRequest.onBeforeRequest({ urls }, (details, answer) => {
    answer({ cancel: !isDevTraffic(details.url, devServer) });
  });
}

/** Holds for every page that ever comes to be, not only for the window's. */
export function guardAllContents(devServer: string | null): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, devServer));
}

function guardContents(contents: WebContents, devServer: string | null): void {
  const refuseForeign = (event: { preventDefault(): void; url?: string }, url?: string) => {
    if (!isOwnUrl(event.url ?? url ?? '', devServer)) event.preventDefault();
  };
  contents.on('will-navigate', refuseForeign);
  contents.on('will-redirect', refuseForeign);
  contents.on('will-frame-navigate', refuseForeign);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** The development server also speaks over a web socket, for hot reload. */
function isDevTraffic(url: string, devServer: string | null): boolean {
  return devServer !== null && isOwnUrl(url.replace(/^ws/, 'http'), devServer);
}
