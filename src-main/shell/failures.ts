import { app } from 'electron';
import type { Services } from '../services.ts';
import type { Log } from './log.ts';

/** Failures that nobody caught are written down and shown; the window with its captures stays. */
export function logFailures(services: Services, log: Log): void {
  const report = (what: string) => (error: unknown) => {
    log.write(`${what}: ${error instanceof Error ? error.stack : String(error)}`);
    services.notice(
      'error',
      'Something failed inside Deltascope; the log in its data folder says what.',
    );
  };
  process.on('uncaughtException', report('Uncaught exception'));
  process.on('unhandledRejection', report('Unhandled rejection'));
  app.on('child-process-gone', (_event, { type, reason, exitCode }) =>
    log.write(`A ${type} process ended: ${reason} (${exitCode})`),
  );
}
