import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Memory of the task thread, in MiB: a schema must not take the main process with it. */
const MEMORY_MIB = 512;

/** Starts the task thread, a file of its own beside that of main (`electron.vite.config.ts`). */
export function startTaskThread(): Worker {
  const worker = new Worker(join(__dirname, 'task-thread.cjs'), {
    // Keys and proxies of the environment are none of its business.
    env: {},
    argv: [],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
  });
  // It must not hold up the end of the app.
  worker.unref();
  return worker;
}
