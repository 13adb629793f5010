import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { APP_SCHEME, fileOf, headersOf } from './app-files.ts';

/** To be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page. @param root the folder of its files */
export function serveApp(session: Session, root: string): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const path = request.method === 'GET' ? fileOf(root, request.url) : null;
    if (path === null) return notFound();
    try {
      return new Response(await readFile(path), { headers: headersOf(path) });
    } catch {
      return notFound();
    }
  });
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: headersOf('not-found.txt') });
}
