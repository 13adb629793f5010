import type { Severity } from '../problem.ts';

/** What is found in a recording: rule, severity, how often, and why that is right. */
export type Reviewed = readonly [rule: string, severity: Severity, count: number, reason: string];

const CRLF = 'this server ends lines with CRLF';
const CUT_SHORT = 'recorded with a small limit of tokens';
const NO_BLANK_LINE =
  'the source kept no blank line at the end, so the last event is not dispatched';

/**
 * Every finding in the recordings, looked up in their bytes. A recording that is not listed has none.
 * Where a server deviates, `recordings/INDEX.tsv` says which server it is.
 */
export const CORPUS_FINDINGS: Readonly<Record<string, readonly Reviewed[]>> = {
  'openai-responses/dotnet-canstreambackgroundresponsesasync-1.sse': [
    ['L1', 'note', 1, 'resumed with starting_after=1: it begins with number 2'],
  ],
  'openai-responses/pyd-openai-responses-test-backgrou-ode-streaming-starting-after-vcr-1.sse': [
    ['L1', 'note', 1, 'resumed with starting_after=0: it begins with number 1'],
  ],
  'openai-responses/req-o3-deep-research-reasoning-streaming.sse': [
    ['W12', 'warning', 1, CUT_SHORT],
  ],
  'openai-responses/rig-streaming-grammar-incomplete-max-output-tokens.sse': [
    ['W12', 'warning', 1, CUT_SHORT],
  ],
  'openai-responses/req-o1-pro-reasoning-streaming.sse': [
    ['I6', 'note', 1, 'o1-pro adds its message as completed, and sends the text in one delta'],
  ],
  'openai-responses/prism-openai-stream-rate-limited-1.sse': [
    ['W11', 'error', 1, 'the request was larger than the rate limit: error, then response.failed'],
  ],
  'openai-responses/jsonl/vercel-openai-error.1.jsonl': [
    ['W11', 'error', 1, 'insufficient_quota: error, then response.failed with the same words'],
  ],
  'openai-responses/jsonl/vercel-openai-response-failed-only.1.jsonl': [
    ['W11', 'error', 1, 'written by hand: rate_limit_exceeded, by response.failed alone'],
  ],
  'openai-responses/jsonl/pyd-openai-responses-websocket-test-ws-error-event-raises.jsonl': [
    ['F3', 'error', 1, 'written by hand: an error event without a number'],
    ['W11', 'error', 1, 'previous_response_not_found'],
    ['L11', 'warning', 1, 'the error event is all there is'],
  ],
  'openai-responses/jsonl/vercel-openai-parallel-tool-call-wrapper.1.jsonl': [
    ['W9', 'error', 2, 'written by hand: a brace is missing in the first line and in the last'],
    ['F3', 'error', 1, 'no event has a number'],
  ],
  'openai-responses/prism-openai-stream-multiple-output-items-1.sse': [
    ['F3', 'error', 1, 'written by hand: no event has a number'],
    ['L6', 'warning', 1, 'response.in_progress has no output'],
    ['I2', 'error', 1, 'both output_item.done lack output_index'],
    ['W7', 'error', 1, NO_BLANK_LINE],
  ],
  'openai-responses/jsonl/vercel-openai-azure-gpt5-reasoning-multi-summary-with-encryption.jsonl': [
    ['P3', 'error', 1, 'made anonymous: the delta is "X", the text is "Anonymized assistant ..."'],
    ['L9', 'warning', 1, 'made anonymous: completed_at is null in response.completed'],
  ],
  'openai-responses/jsonl/vercel-openai-github-copilot-id-rotation.1.jsonl': [
    ['L4', 'error', 2, "GitHub Copilot's proxy makes a new id for each event: of the response"],
    ['I3', 'error', 6, 'of both items: 62 events have another one, three are told for each item'],
    ['I4', 'error', 2, 'of both items when they are done'],
    ['X1', 'error', 2, 'of both items in the final output'],
  ],
  'openai-responses/pyd-openai-codex-agent-run-stream.sse': [
    ['X1', 'error', 1, 'the backend of ChatGPT sends an empty output in response.completed'],
  ],
  'openai-responses/rig-codex-tool-args-unicode-arguments-streaming.sse': [
    ['X1', 'error', 1, 'the backend of ChatGPT sends an empty output in response.completed'],
  ],
  'openai-responses/rig-openai-responses-compat-openai-eam-against-openrouter-completes.sse': [
    ['F1', 'note', 1, 'OpenRouter sends no event names'],
  ],
  'openai-responses/jsonl/vercel-open-responses-lmstudio-tool-call.1.jsonl': [
    ['P4', 'note', 1, 'LM Studio sends arguments in function_call_arguments.done only'],
  ],
  'openai-responses/jsonl/vercel-openai-compatible-reasoning.1.jsonl': [
    ['W12', 'warning', 1, "early xAI: incomplete for 'REASON_MAX_LEN'"],
  ],
  'openai-chat/hfjs-api.cerebras.ai-b3cad2-315.sse': [['W7', 'error', 1, NO_BLANK_LINE]],
  'openai-chat/req-qwen-3-235b-a22b-thinking-2507-streaming.sse': [
    ['C5', 'warning', 1, 'Cerebras sends no [DONE]'],
    ['C6', 'note', 1, 'and the usage with the finish_reason'],
    ['W12', 'warning', 1, CUT_SHORT],
  ],
  'openai-chat/rig-streaming-logprobs-matrix-streaming-gpt-4o-mini-length-top-zero.sse': [
    ['C4', 'note', 1, 'OpenRouter says the finish_reason again'],
    ['C6', 'note', 1, 'with the usage'],
    ['W12', 'warning', 1, CUT_SHORT],
  ],
  'openai-chat/rubyllm-vcr-chat-streaming-responses-p-nar-supports-streaming-responses.sse': [
    ['C1', 'warning', 1, 'Perplexity calls the last chunk chat.completion.done'],
    ['C14', 'warning', 1, 'sends the message so far beside each delta'],
    ['C5', 'warning', 1, 'no [DONE]'],
    ['C6', 'note', 1, 'and the usage with each chunk'],
    ['C6', 'warning', 1, 'and the usage with each chunk'],
    ['W2', 'note', 1, CRLF],
  ],
  'openai-chat/simonw-tools-streaming-variant-c-0.sse': [
    ['C4', 'note', 1, 'OpenRouter sends another chunk of the choice'],
    ['C6', 'note', 1, 'which has the usage'],
    ['W3', 'warning', 1, 'the edited cassette has a space before the first data'],
  ],
  'anthropic/jsonl/vercel-anthropic-refusal.jsonl': [
    ['W12', 'warning', 1, 'stop_reason is refusal'],
  ],
  'anthropic/vercel-gateway-issue-17326-xai-grok-4.5.sse': [
    ['A10', 'warning', 1, 'Grok behind a gateway: its thinking is not signed'],
  ],
  'openai-chat/dotnet-chatwithbasicaudiooutput.sse': [
    ['C11', 'warning', 1, 'OpenAI itself sends chunks without choices while it makes audio'],
  ],
  'openai-chat/fantasy-avian-kimi-multi-tool-streaming-0.sse': [
    ['C2', 'error', 1, 'Avian makes up the first chunk; the others are OpenRouter’s'],
    ['C2', 'note', 1, 'the same, for the time'],
    ['C6', 'note', 1, 'OpenRouter sends the usage with the last chunk of the choice'],
  ],
  'openai-chat/fantasy-gemini-3-pro-preview-thinking-streaming-1.sse': [
    ['C6', 'note', 1, 'the Vercel gateway sends the usage with the finish_reason'],
  ],
  'openai-chat/fantasy-llama-cpp-gpt-oss-simple-streaming.sse': [
    ['C2', 'note', 1, 'llama.cpp stamps each chunk'],
  ],
  'openai-chat/hfjs-api.together.xyz-d5c675-99.sse': [
    ['C12', 'warning', 1, 'Together ends with eos'],
    ['C6', 'note', 1, 'and sends the usage with it'],
  ],
  'openai-chat/openllm-writer-async-streaming-chat-tool-call-request-legacy.sse': [
    ['C14', 'warning', 1, 'Writer sends a message beside each delta'],
    ['C5', 'warning', 1, 'and no [DONE]'],
  ],
  'openai-chat/prism-deepseek-stream-with-tools-1.sse': [
    ['C6', 'note', 1, 'DeepSeek sends the usage with the finish_reason'],
  ],
  'openai-chat/pyd-openrouter-image-generation-streaming.sse': [
    ['C4', 'note', 1, 'OpenRouter sends another chunk of the choice'],
    ['C6', 'note', 1, 'which has the usage'],
  ],
  'openai-chat/pyd-openrouter-web-search-annotations-stream.sse': [
    ['C4', 'note', 1, 'OpenRouter says the finish_reason again'],
    ['C6', 'note', 1, 'with the usage'],
  ],
  'openai-chat/pyd-snowflake-thinking-streaming.sse': [
    ['C2', 'error', 1, 'Snowflake leaves the id empty'],
    ['C3', 'error', 1, 'and sends no finish_reason'],
  ],
  'openai-chat/req-deepseek-r1-reasoning-streaming.sse': [
    ['C2', 'note', 1, 'DeepSeek on Azure stamps each chunk'],
  ],
  'openai-chat/req-glm-4-5v-reasoning-streaming.sse': [
    ['C1', 'warning', 1, 'z.ai leaves object out'],
    ['C6', 'note', 1, 'and sends the usage with the finish_reason'],
  ],
  'openai-chat/rig-reasoning-matrix-deepseek-reasoning-streaming.sse': [
    ['C4', 'note', 1, 'Doubleword says the finish_reason again'],
    ['C6', 'note', 1, 'with the usage'],
  ],
  'openai-chat/rig-tool-lifecycle-matrix-streaming-ministral-3b-nested-agent.sse': [
    ['C6', 'note', 1, 'Mistral sends the usage with the finish_reason'],
  ],
  'openai-chat/rubyllm-vcr-chat-mistral-hybrid-reason-thinking-separately-from-content.sse': [
    ['C15', 'error', 1, 'Mistral sends lists of typed parts'],
    ['C6', 'note', 1, 'and the usage with the finish_reason'],
  ],
  'openai-chat/rubyllm-vcr-ollama-qwen3-can-use-tools-lti-turn-streaming-conversations-1.sse': [
    ['C2', 'note', 1, 'Ollama stamps each chunk'],
  ],
  'gemini/fbvertex-googleai-streaming-failure-prompt-blocked-safety.sse': [
    ['W2', 'note', 1, CRLF],
    ['W7', 'error', 1, NO_BLANK_LINE],
  ],
  'gemini/fbvertex-googleai-streaming-failure-recitation-no-content.sse': [
    ['W2', 'note', 1, CRLF],
    ['W12', 'warning', 1, 'finishReason is RECITATION'],
  ],
  'gemini/pyd-google-image-generation-stream-0.sse': [['W2', 'note', 1, CRLF]],
  'gemini/pyd-google-vertex-web-search-citations-stream.sse': [['W2', 'note', 1, CRLF]],
  'gemini/req-gemini-3-flash-preview-grounding-streaming.sse': [['W2', 'note', 1, CRLF]],
  'gemini/rig-code-execution-matrix-streaming-code-execution-unicode-output.sse': [
    ['W2', 'note', 1, CRLF],
  ],
  'gemini/rubyllm-vcr-vertexai-gemini-2-5-flash-lti-turn-streaming-conversations-3.sse': [
    ['W2', 'note', 1, CRLF],
  ],
  'gemini/vercel-google-issue-10660-image-thought-signature.sse': [['W2', 'note', 1, CRLF]],
  'other/dotnet-streamingtranscriptionworks-usingfilepath.sse': [['W2', 'note', 1, CRLF]],
  'other/envoygw-completion-streaming-usage.sse': [['W12', 'warning', 1, CUT_SHORT]],
  'other/hfjs-router.huggingface.co-e9fc55-37.sse': [
    ['W11', 'error', 1, 'the only event says why the server refuses'],
  ],
  'other/prism-gemini-stream-basic-text-1.sse': [
    ['W7', 'error', 1, 'there are no blank lines at all'],
  ],
  'other/prism-openai-stream-conversation-1.sse': [
    ['W6', 'warning', 88, 'damaged by pasting: event and data stand on one line'],
    ['W7', 'error', 1, NO_BLANK_LINE],
  ],
  'other/pyd-temporal-test-mcptoolset-dynamic-toolset-in-workflow-0.sse': [['W2', 'note', 1, CRLF]],
  'other/vercel-gateway-openai-gpt-5.2-stream.sse': [
    ['W3', 'warning', 1, 'the gateway ends with a bare line DONE'],
  ],
};
