import { expect, test } from 'vitest';
import { pathPieces } from './log-words.ts';

test('the last name of a path stays whole, with its query', () => {
  expect(pathPieces('/v1/chat/completions')).toEqual(['/v1/chat', '/completions']);
  expect(pathPieces('/v1beta/models/gemini-pro:streamGenerateContent?alt=sse')).toEqual([
    '/v1beta/models',
    '/gemini-pro:streamGenerateContent?alt=sse',
  ]);
  expect(pathPieces('/v1/messages?next=/a/b')).toEqual(['/v1', '/messages?next=/a/b']);
  expect(pathPieces('/models')).toEqual(['', '/models']);
  expect(pathPieces('/')).toEqual(['', '/']);
  expect(pathPieces('')).toEqual(['', '']);
});
