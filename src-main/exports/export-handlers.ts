import type { CommandName, Handlers } from '../../src-ipc/contract.ts';
import type { CollectorStore } from '../otlp/collector-store.ts';
import type { ExportJobs } from './export-jobs.ts';

type ExportCommand = Extract<CommandName, `exports.${string}` | `collector.${string}`>;

/** The commands about exports, and about the collector that spans go to. */
export function exportHandlers(
  jobs: ExportJobs,
  collector: CollectorStore,
): Pick<Handlers, ExportCommand> {
  return {
    'exports.preview': (job) => jobs.preview(job),
    'exports.measure': (job) => jobs.measure(job),
    'exports.save': (job) => jobs.save(job),
    'exports.text': (job) => jobs.text(job),
    'exports.send': (job) => jobs.send(job),
    'exports.cancel': ({ job }) => jobs.cancel(job),
    'collector.get': () => collector.get(),
    'collector.save': (input) => collector.save(input),
  };
}
