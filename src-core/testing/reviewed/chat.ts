const obfuscation = {
  obfuscation: 'padding, left out here as the protocol asks; the client keeps it',
};
const padding = { p: 'padding of Mistral, left out here; the client keeps it' };
const lastOnly = 'the client knows no such field and keeps what the last chunk says';
const copied =
  'the piece says the same as the reasoning beside it, which has the whole text; the client keeps the last';
const native = {
  'choices.0.native_finish_reason': 'a later null says nothing here; the client overwrites with it',
};
const firstTwice =
  'the client appends the first list to itself: its snapshot shares the list with the chunk';

/** By file and place: why this and what `openai` 6.49 makes of the same bytes are not the same. */
export const reviewed: Record<string, Record<string, string>> = {
  'dotnet-chat-streamingstructuredrefusalworks.sse': obfuscation,
  'envoygw-chat-streaming-web-search.sse': {
    ...obfuscation,
    system_fingerprint: 'sent as an empty text, which the client leaves out',
  },
  'fantasy-avian-kimi-multi-tool-streaming-0.sse': {
    'choices.0.message.reasoning_content': lastOnly,
    'choices.0.message.reasoning_details.0.text': copied,
  },
  'fantasy-gemini-3-pro-preview-thinking-streaming-1.sse': {
    'choices.0.message.reasoning_details.0.text': copied,
  },
  'fantasy-llama-cpp-gpt-oss-simple-streaming.sse': {
    'choices.0.message.reasoning_content': lastOnly,
  },
  'hfjs-api.together.xyz-d5c675-99.sse': {
    'choices.0.text': 'a copy of the content beside the delta, left out here',
  },
  'pyd-openrouter-image-generation-streaming.sse': native,
  'pyd-openrouter-web-search-annotations-stream.sse': {
    'choices.0.message.annotations':
      'annotations come one by one and add up; the client keeps the last',
  },
  'req-glm-4-5v-reasoning-streaming.sse': { 'choices.0.message.reasoning_content': lastOnly },
  'rig-bare-openai-client-tool-call-s-m-without-the-single-chunk-const-0.sse': {
    'choices.0.message.reasoning_content': lastOnly,
  },
  'rig-reasoning-matrix-deepseek-reasoning-streaming.sse': {
    'choices.0.message.reasoning_content': lastOnly,
    'choices.0.message.reasoning_details.0.text': copied,
  },
  'rig-refusal-matrix-chat-streaming-agent-surfaces-refusal.sse': obfuscation,
  'rig-streaming-logprobs-matrix-streaming-gpt-4o-mini-length-top-zero.sse': {
    'choices.0.logprobs.content': firstTwice,
  },
  'rig-tool-lifecycle-matrix-streaming-ministral-3b-nested-agent.sse': padding,
  'rubyllm-vcr-chat-mistral-hybrid-reason-thinking-separately-from-content.sse': {
    ...padding,
    'choices.0.message.content':
      'typed parts, which the client adds to a string as [object Object]',
  },
  'rubyllm-vcr-ollama-qwen3-can-use-tools-lti-turn-streaming-conversations-1.sse': {
    'choices.0.message.reasoning': lastOnly,
  },
  'simonw-tools-streaming-variant-c-0.sse': native,
};

/** Streams that `openai` gives up on, and why. */
export const givesUp: Record<string, RegExp> = {
  // OpenAI's own: chunks without `choices` keep the connection busy, and no finish_reason ever comes.
  'dotnet-chatwithbasicaudiooutput.sse': /chunk\.choices is not iterable/,
  // The last frame, which has the finish_reason, is damaged.
  'hfjs-api.cerebras.ai-b3cad2-315.sse': /missing finish_reason/,
  // It takes the message so far, sent beside each delta, for a field of the choice.
  'openllm-writer-async-streaming-chat-tool-call-request-legacy.sse': /no tool call snapshot/,
  // The server sends none.
  'pyd-snowflake-thinking-streaming.sse': /missing finish_reason/,
  // No chat at all: the API of before.
  'envoygw-completion-streaming-usage.sse': /missing role/,
};
