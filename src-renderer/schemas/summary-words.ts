import type { SchemaSummary } from '../../src-core/schema.ts';

/** How long ago something was, in few words: `now`, `4 min ago`, `3 h ago`, `12 Nov`, `12 Nov 2025`. */
export function ageOf(at: string, now: number): string {
  const then = new Date(at);
  const minutes = Math.floor((now - then.getTime()) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  const year =
    then.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const };
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year });
}

/** The second line of a schema in the list: `v4 · edited now`, `v1 · inferred from JSON`. */
export function factsOf(schema: SchemaSummary, now: number): string {
  const parts = [schema.version === 0 ? 'no version' : `v${schema.version}`];
  const isUntouched = schema.version === 1 && !schema.isChanged;
  const origin = isUntouched ? ORIGINS[schema.source.kind] : '';
  if (schema.isDraft) parts.push('not JSON');
  else if (origin) parts.push(origin);
  else parts.push(`${schema.isChanged ? 'edited' : 'saved'} ${ageOf(schema.changedAt, now)}`);
  return parts.join(' · ');
}

const ORIGINS: Record<SchemaSummary['source']['kind'], string> = {
  blank: '',
  template: 'from a template',
  example: 'inferred from JSON',
  capture: 'from capture',
  file: 'from file',
  openapi: 'from OpenAPI',
  compose: 'from Compose',
  duplicate: 'copy',
};
