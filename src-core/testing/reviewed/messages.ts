/** By file and place: why this and what `@anthropic-ai/sdk` 1.12 makes of the same are not the same. */
export const reviewed: Record<string, Record<string, string>> = {
  'anthropic/vercel-gateway-issue-17326-xai-grok-4.5.sse': {
    provider_metadata: 'the gateway adds it to message_delta; the client knows no such field',
  },
};
