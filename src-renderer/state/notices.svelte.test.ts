import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Notices } from './notices.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('shows two messages at once, of which an error stays', () => {
  const notices = new Notices();
  notices.error('The disk is full.');
  notices.add('note', 'Copied the text.');
  notices.add('note', 'Copied the event.');
  expect(notices.list.map(({ message }) => message)).toEqual([
    'The disk is full.',
    'Copied the event.',
  ]);
});
