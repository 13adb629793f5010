import { expect, test } from 'vitest';
import type { StreamStatus } from '../src-core/capture.ts';
import { streamStatus } from './stream-status.ts';

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
