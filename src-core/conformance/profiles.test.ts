import { describe, expect, test } from 'vitest';
import type { Problem } from '../problem.ts';
import { recordings, responsesRecordings } from '../testing/recordings.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { judged, judgedTally } from './profile.ts';
import { PROFILES, profileOf, recognisedProfile } from './profiles.ts';
import { ruleOfId } from './rules.ts';
import { serverOf, TraitLog } from './traits.ts';

describe('a server is known by its stream', () => {
  /** From the column "note" of the recordings' INDEX.tsv: whose streams they are. */
  const servers: Record<string, string> = {
    'fantasy-azure-gpt-5-mini-thinking-streaming-0.sse': 'azure',
    'vercel-azure-reasoning-encrypted-content.1.jsonl': 'azure',
    'rubyllm-vcr-chat-responses-protocol-di-ure-gpt-5-nano-streams-responses.sse': 'azure',
    // Listed as OpenAI's, but by its name and its content filters it is of Azure.
    'vercel-openai-azure-gpt5-reasoning-multi-summary-with-encryption.jsonl': 'azure',
    'vercel-deepseek-web-search.jsonl': 'deepseek',
    'rubyllm-vcr-chat-responses-protocol-di-4-flash-streams-reasoning-deltas.sse': 'deepseek',
    'vercel-openai-compatible-reasoning.1.jsonl': 'xai',
    'req-grok-4-fast-reasoning-web-search-streaming.sse': 'xai',
    'req-grok-4-fast-reasoning-x-search-streaming.sse': 'xai',
    'vercel-openai-github-copilot-id-rotation.1.jsonl': 'copilot',
    'vercel-open-responses-lmstudio-tool-call.1.jsonl': 'lm-studio',
    'pyd-openai-codex-agent-run-stream.sse': 'chatgpt',
    'rig-codex-tool-args-unicode-arguments-streaming.sse': 'chatgpt',
    'rig-openai-responses-compat-openai-eam-against-openrouter-completes.sse': 'openrouter',
  };

  test.each(responsesRecordings().map(({ name, bytes }) => [name, bytes] as const))(
    '%s',
    (name, bytes) => {
      expect(new IndexedStream(bytes).index.profile).toBe(servers[name] ?? null);
    },
  );
});

describe('a server is known by its chunks', () => {
  /** From the same column: recordings of Chat Completions. */
  const servers: Record<string, string> = {
    'fantasy-azure-o4-mini-simple-streaming.sse': 'azure',
    'req-deepseek-r1-reasoning-streaming.sse': 'azure',
    'prism-deepseek-stream-with-tools-1.sse': 'deepseek',
    'fantasy-llama-cpp-gpt-oss-simple-streaming.sse': 'llama-cpp',
    'rig-bare-openai-client-tool-call-s-m-without-the-single-chunk-const-0.sse': 'llama-cpp',
    'rig-content-matrix-unicode-across-chunks.sse': 'llama-cpp',
    'hfjs-api.cerebras.ai-b3cad2-315.sse': 'cerebras',
    'req-qwen-3-235b-a22b-thinking-2507-streaming.sse': 'cerebras',
    'hfjs-api.together.xyz-d5c675-99.sse': 'together',
    'openllm-writer-async-streaming-chat-tool-call-request-legacy.sse': 'writer',
    'pyd-openrouter-image-generation-streaming.sse': 'openrouter',
    'pyd-openrouter-web-search-annotations-stream.sse': 'openrouter',
    'rig-streaming-logprobs-matrix-streaming-gpt-4o-mini-length-top-zero.sse': 'openrouter',
    'simonw-tools-streaming-variant-c-0.sse': 'openrouter',
    'req-glm-4-5v-reasoning-streaming.sse': 'zai',
    'rig-tool-lifecycle-matrix-streaming-ministral-3b-nested-agent.sse': 'mistral',
    'rubyllm-vcr-chat-mistral-hybrid-reason-thinking-separately-from-content.sse': 'mistral',
    'rubyllm-vcr-chat-streaming-responses-p-nar-supports-streaming-responses.sse': 'perplexity',
    'rubyllm-vcr-ollama-qwen3-can-use-tools-lti-turn-streaming-conversations-1.sse': 'ollama',
  };

  test.each(
    recordings('.sse')
      .filter(({ name }) => name.startsWith('openai-chat/'))
      .map(({ name, bytes }) => [name, bytes] as const),
  )('%s', (name, bytes) => {
    const { index } = new IndexedStream(bytes);
    const own = name.slice(name.lastIndexOf('/') + 1);
    expect(index.profile).toBe(servers[own] ?? null);
    // What it is known for is no error: only what was cut is one, and that is told of everyone.
    const profile = profileOf(index.profile);
    const errors = index.problems
      .map((problem) => judged(problem, profile))
      .filter(({ severity, rule }) => profile && severity === 'error' && !rule.startsWith('W'));
    expect(errors).toEqual([]);
  });
});

describe('a server is known by its address and headers', () => {
  const profileFor = (url: string, headers: [string, string][] = []) => {
    const request = { method: 'POST', url, headers: [], body: '' };
    const response = { status: 200, statusText: 'OK', httpVersion: '1.1', headers };
    return recognisedProfile(new TraitLog(serverOf({ request, response })))?.id ?? null;
  };

  test.each([
    ['https://api.openai.com/v1/responses', 'openai'],
    ['https://mine.openai.azure.com/openai/v1/responses?api-version=preview', 'azure'],
    ['https://mine.services.ai.azure.com/openai/v1/responses', 'azure'],
    ['https://api.x.ai/v1/responses', 'xai'],
    ['https://api.deepseek.com/v1/responses', 'deepseek'],
    ['https://openrouter.ai/api/v1/responses', 'openrouter'],
    ['https://api.individual.githubcopilot.com/responses', 'copilot'],
    ['https://chatgpt.com/backend-api/codex/responses', 'chatgpt'],
    ['https://api.mistral.ai/v1/chat/completions', 'mistral'],
    ['https://api.perplexity.ai/chat/completions', 'perplexity'],
    ['https://api.together.xyz/v1/chat/completions', 'together'],
    ['https://org-account.snowflakecomputing.com/api/v2/cortex/v1', 'snowflake'],
    ['http://localhost:1234/v1/responses', 'lm-studio'],
    ['http://127.0.0.1:11434/v1/responses', 'ollama'],
    ['http://nas.local:8321/v1/responses', 'llama-stack'],
    // Not theirs: another host that only begins or ends like it, a port of a public machine.
    ['https://api.openai.com.example.org/v1/responses', null],
    ['https://notapi.x.ai.example/v1', null],
    ['http://203.0.113.5:1234/v1/responses', null],
    // Ports of llama.cpp, vLLM and LiteLLM that are anybody's: a server that is being written gets errors.
    ['http://192.168.1.20:8080/v1/responses', null],
    ['http://[::1]:8000/v1/responses', null],
    ['http://localhost:4000/v1/responses', null],
    ['', null],
  ])('%j: %s', (url, id) => expect(profileFor(url)).toBe(id));

  test.each<[string, string, string]>([
    ['Server', 'llama.cpp', 'llama-cpp'],
    ['x-litellm-version', '1.70', 'litellm'],
    ['X-Generation-Id', 'gen-1', 'openrouter'],
    ['apim-request-id', 'b', 'azure'],
    ['openai-processing-ms', '12', 'openai'],
  ])('%s: %s is %s', (name, value, id) => {
    expect(profileFor('https://gateway.example/v1/responses', [[name, value]])).toBe(id);
  });
});

describe('what a server is known to do', () => {
  const problem: Problem = {
    ...{ rule: 'I3', severity: 'error', seq: 3, start: 1, end: 9 },
    message: 'expected the item_id "a", got "b"',
  };

  test('is a note that names it', () => {
    expect(judged(problem, profileOf('copilot'))).toEqual({
      ...problem,
      severity: 'note',
      message:
        'expected the item_id "a", got "b" Known of GitHub Copilot: it gives items another id at each event.',
    });
  });

  test('leaves the problems of others as they are', () => {
    expect(judged(problem, profileOf('openai'))).toBe(problem);
    expect(judged(problem, null)).toBe(problem);
  });

  test('counts as notes', () => {
    const tally = [
      { rule: 'I3', severity: 'error', count: 4 },
      { rule: 'F4', severity: 'error', count: 2 },
      { rule: 'I3', severity: 'note', count: 1 },
    ] as const;
    expect(judgedTally(tally, profileOf('copilot'))).toEqual([
      { rule: 'I3', severity: 'note', count: 5 },
      { rule: 'F4', severity: 'error', count: 2 },
    ]);
    expect(judgedTally(tally, profileOf('azure'))).toBe(tally);
  });

  test('is about rules that there are, and ids that are kept in captures', () => {
    for (const { id, deviations } of PROFILES) {
      expect(id).toMatch(/^[a-z0-9-]{1,40}$/);
      for (const rule of deviations.keys()) expect(ruleOfId(rule), `${id} ${rule}`).toBeDefined();
    }
    expect(new Set(PROFILES.map(({ id }) => id)).size).toBe(PROFILES.length);
    expect(profileOf('no-such')).toBeNull();
  });
});
