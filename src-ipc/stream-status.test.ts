import { expect, test } from 'vitest';
import type { StreamStatus } from '../src-core/capture.ts';
import { isNoStream, streamStatus } from './stream-status.ts';

type Case = [
  StreamStatus,
  'closed' | 'aborted' | 'disconnected' | 'failed' | null,
  number,
  StreamStatus,
];

test.each<Case>([
  ['streaming', null, 0, 'connecting'],
  ['streaming', null, 1, 'streaming'],
  // The events are complete but the server holds the connection open.
  ['completed', null, 9, 'streaming'],
  ['completed', 'closed', 9, 'completed'],
  ['incomplete', 'closed', 9, 'incomplete'],
  ['failed', 'closed', 9, 'failed'],
  ['completed', 'aborted', 9, 'completed'],
  ['completed', 'disconnected', 9, 'completed'],
  ['streaming', 'closed', 9, 'disconnected'],
  ['idle', 'closed', 9, 'completed'],
  ['idle', 'closed', 0, 'disconnected'],
  ['idle', 'disconnected', 9, 'disconnected'],
  ['idle', 'aborted', 9, 'aborted'],
  ['streaming', 'disconnected', 9, 'disconnected'],
  ['streaming', 'aborted', 9, 'aborted'],
  ['streaming', 'failed', 9, 'failed'],
  ['streaming', 'failed', 0, 'failed'],
  ['completed', 'failed', 9, 'failed'],
])('stream %s, transport %s, %i bytes: %s', (stream, kind, bytes, expected) => {
  expect(streamStatus(stream, kind && { kind }, bytes)).toBe(expected);
});

test('a first event that lacks its blank line is one of a stream', () => {
  const end = { kind: 'failed', code: 'no-events' } as const;
  expect(isNoStream(end, [{ rule: 'W2' }, { rule: 'W7' }])).toBe(false);
  expect(isNoStream(end, [{ rule: 'W3' }, { rule: 'W7' }])).toBe(true);
  expect(isNoStream(end, [])).toBe(true);
  expect(isNoStream({ kind: 'failed', code: 'http-401' }, [{ rule: 'W7' }])).toBe(true);
  expect(isNoStream({ kind: 'closed', code: null }, [])).toBe(false);
});
