import { expect, test } from 'vitest';
import { addressOf, apiOfUrl } from './apis.ts';

test.each([
  ['https://api.openai.com/v1/responses', 'https://api.openai.com/v1', 'responses' as const],
  [
    ' https://openrouter.ai/api/v1/chat/completions/ ',
    'https://openrouter.ai/api/v1',
    'chat' as const,
  ],
  ['https://api.anthropic.com/v1/messages#x', 'https://api.anthropic.com/v1', 'messages' as const],
  [
    'https://r.openai.azure.com/openai/v1/responses?api-version=preview',
    'https://r.openai.azure.com/openai/v1?api-version=preview',
    'responses' as const,
  ],
])('%s is taken apart', (address, baseUrl, api) => {
  expect(apiOfUrl(address)).toEqual({ baseUrl, api });
  expect(addressOf(baseUrl, api)).toBe(address.trim().replace(/(\/|#.*)$/, ''));
});

test.each(['https://api.openai.com/v1', 'https://h/v1/messages/batches', 'h/v1/completions', ''])(
  '%s is none of them',
  (address) => {
    expect(apiOfUrl(address)).toBeNull();
  },
);
