import type { Deviation, Profile } from './profile.ts';
import type { Traits } from './traits.ts';

type Known = [rule: string, seen: Deviation['seen'], why: string];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** The servers that are known, the more particular ones first. */
export const PROFILES: readonly Profile[] = [
  profile('openai', 'OpenAI', [], (traits) =>
    atHost(traits, 'api.openai.com') ? 2 : traits.headers.has('openai-processing-ms') ? 1 : 0,
  ),
  profile(
    'azure',
    'Azure OpenAI',
    [
      ['I7', 'recorded', 'leaves images `generating` and searches `searching` when they are done'],
      ['T1', 'recorded', 'leaves out the `completed` event of searches in its preview'],
      ['C14', 'reported', 'sends frames of its filters without a delta where they run beside'],
    ],
    (traits) => {
      if (
        atHost(traits, 'openai.azure.com', 'services.ai.azure.com', 'cognitiveservices.azure.com')
      )
        return 2;
      if (traits.headers.has('apim-request-id')) return 2;
      if (traits.members.has('prompt_filter_results')) return 2;
      if (traits.members.has('choices.content_filter_results')) return 2;
      return traits.members.has('content_filters') && traits.responseId.startsWith('resp_') ? 2 : 0;
    },
  ),
  profile(
    'xai',
    'xAI',
    [
      ['C6', 'reported', 'sends the usage with every chunk'],
      ['I5', 'recorded', 'did not close items in its first version'],
      ['I6', 'recorded', 'adds searches as `completed`'],
      ['P2', 'recorded', 'did not end texts and parts in its first version'],
    ],
    (traits) => {
      if (atHost(traits, 'api.x.ai')) return 2;
      return UUID.test(traits.responseId) && traits.model.startsWith('grok') ? 2 : 0;
    },
  ),
  profile(
    'deepseek',
    'DeepSeek',
    [
      ['L9', 'recorded', 'leaves `completed_at` null'],
      ['C6', 'recorded', 'sends the usage with the finish_reason'],
    ],
    (traits) => {
      if (atHost(traits, 'api.deepseek.com')) return 2;
      return UUID.test(traits.responseId) && traits.model.startsWith('deepseek') ? 2 : 0;
    },
  ),
  profile('lm-studio', 'LM Studio', [['P4', 'recorded', 'sends arguments whole']], (traits) => {
    if (atPort(traits, 1234)) return 2;
    const isLocalModel = traits.model.includes('/');
    return isLocalModel && /^resp_[0-9a-f]{48}$/.test(traits.responseId) ? 1 : 0;
  }),
  profile(
    'openrouter',
    'OpenRouter',
    [
      ['F1', 'recorded', 'sends frames without names'],
      ['W10', 'reported', 'has events of its own (`response.debug`, `response.fusion_call.*`)'],
      ['X1', 'recorded', 'gives reasoning another id in the final response'],
      ['C6', 'recorded', 'sends the usage with the last chunk of the choice'],
      ['C12', 'reported', 'ends with `error` where the server behind it fails'],
    ],
    (traits) => {
      if (atHost(traits, 'openrouter.ai') || traits.headers.has('x-generation-id')) return 2;
      if (traits.comments.some((text) => text.includes('OPENROUTER'))) return 2;
      if (traits.responseId.startsWith('gen-') && traits.members.has('choices.delta')) return 2;
      return traits.isNameless && traits.model.includes('/') ? 1 : 0;
    },
  ),
  profile(
    'mistral',
    'Mistral',
    [
      ['C15', 'recorded', 'sends lists of typed parts for models that think'],
      ['C6', 'recorded', 'sends the usage with the finish_reason'],
    ],
    (traits) => {
      if (atHost(traits, 'api.mistral.ai')) return 2;
      if (!/^(mistral|ministral|magistral|codestral|devstral|pixtral)-/.test(traits.model))
        return 0;
      return /^[0-9a-f]{32}$/.test(traits.responseId) ? 2 : 1;
    },
  ),
  profile(
    'perplexity',
    'Perplexity',
    [
      ['C1', 'recorded', 'calls the last chunk `chat.completion.done`'],
      ['C5', 'recorded', 'sends no `[DONE]`'],
      ['C6', 'recorded', 'sends the usage with every chunk'],
      ['C14', 'recorded', 'sends the message so far beside each delta'],
    ],
    (traits) => {
      if (atHost(traits, 'api.perplexity.ai')) return 2;
      return UUID.test(traits.responseId) && traits.model.startsWith('sonar') ? 2 : 0;
    },
  ),
  profile(
    'together',
    'Together',
    [
      ['C6', 'recorded', 'sends the usage with the finish_reason'],
      ['C12', 'recorded', 'ends with `eos`'],
    ],
    (traits) =>
      atHost(traits, 'api.together.xyz', 'api.together.ai') || traits.members.has('delta.token_id')
        ? 2
        : 0,
  ),
  profile(
    'cerebras',
    'Cerebras',
    [
      ['C5', 'recorded', 'sends no `[DONE]`'],
      ['C6', 'recorded', 'sends the usage with the finish_reason'],
    ],
    (traits) => {
      if (atHost(traits, 'api.cerebras.ai')) return 2;
      return /^fp_[0-9a-f]{10}([0-9a-f]{10})?$/.test(traits.fingerprint) &&
        UUID.test(traits.responseId.slice('chatcmpl-'.length))
        ? 2
        : 0;
    },
  ),
  profile(
    'zai',
    'Z.ai',
    [
      ['C1', 'recorded', 'leaves `object` out'],
      ['C6', 'recorded', 'sends the usage with the finish_reason'],
    ],
    (traits) => {
      if (atHost(traits, 'api.z.ai', 'open.bigmodel.cn')) return 2;
      return traits.model.startsWith('glm-') && /^20\d{12}[0-9a-f]{8,}$/.test(traits.responseId)
        ? 2
        : 0;
    },
  ),
  profile(
    'writer',
    'Writer',
    [
      ['C5', 'recorded', 'sends no `[DONE]`'],
      ['C14', 'recorded', 'sends a message beside each delta'],
    ],
    (traits) =>
      atHost(traits, 'api.writer.com') || traits.members.has('delta.graph_data') ? 2 : 0,
  ),
  profile(
    'snowflake',
    'Snowflake',
    [
      ['C2', 'recorded', 'leaves the id empty'],
      ['C3', 'recorded', 'sends no `finish_reason`'],
    ],
    (traits) => (atHost(traits, 'snowflakecomputing.com') ? 2 : 0),
  ),
  profile(
    'copilot',
    'GitHub Copilot',
    [
      ['L4', 'recorded', 'gives the response another id at each event'],
      ['I3', 'recorded', 'gives items another id at each event'],
      ['I4', 'recorded', 'gives items another id at each event'],
      ['X1', 'recorded', 'gives items another id at each event'],
    ],
    (traits) => (atHost(traits, 'githubcopilot.com') || traits.rotatesIds ? 2 : 0),
  ),
  profile(
    'chatgpt',
    'ChatGPT backend (Codex)',
    [['X1', 'recorded', 'sends the final response without its items']],
    (traits) => {
      if (atHost(traits, 'chatgpt.com')) return 2;
      const isKeyed = ['prompt_cache_key', 'safety_identifier'].every((name) =>
        traits.filled.has(name),
      );
      return traits.isEmptied && isKeyed && traits.responseId.startsWith('resp_') ? 2 : 0;
    },
  ),
  profile(
    'bedrock',
    'Amazon Bedrock',
    [
      ['F1', 'reported', 'sends frames without names'],
      ['W10', 'reported', 'announces parts of reasoning by `response.reasoning_part.*`'],
      ['P1', 'reported', 'announces parts of reasoning by `response.reasoning_part.*`'],
    ],
    (traits) => (/^https:\/\/bedrock[\w.-]*\.(api\.aws|amazonaws\.com)/.test(traits.url) ? 2 : 0),
  ),
  profile('ollama', 'Ollama', [], (traits) =>
    atPort(traits, 11434) || atHost(traits, 'ollama.com') || traits.fingerprint === 'fp_ollama'
      ? 2
      : 0,
  ),
  profile(
    'llama-cpp',
    'llama.cpp',
    [
      ['F3', 'reported', 'numbers no events, or not all of them (pull 24957)'],
      ['F4', 'reported', 'counts partial and final events apart (pull 24957)'],
      ['L6', 'reported', 'begins with a response of few members (issue 20607)'],
      ['I2', 'reported', 'leaves out `output_index` (issue 20607)'],
      ['I3', 'reported', 'gives function calls no id (issue 20607)'],
      ['I4', 'reported', 'gives function calls no id (issue 20607)'],
      ['P1', 'reported', 'leaves out `content_index` (issue 20607)'],
    ],
    (traits) => {
      if (traits.headers.get('server') === 'llama.cpp') return 2;
      // Its port, 8080, is anybody's: whoever writes a server there wants errors, not excuses.
      return /^b\d{4,6}-[0-9a-f]{7,10}$/.test(traits.fingerprint) ? 2 : 0;
    },
  ),
  profile(
    'lemonade',
    'Lemonade',
    [
      ['I2', 'reported', 'leaves out `output_index` (issue 3607)'],
      ['P1', 'reported', 'leaves out `content_index` (issue 3607)'],
    ],
    ({ url }) => (/^http:\/\/[\w.:[\]-]+\/api\/v1\/responses\b/.test(url) ? 1 : 0),
  ),
  profile(
    'vllm',
    'vLLM',
    [
      ['W10', 'reported', 'announces parts of reasoning by `response.reasoning_part.*`'],
      ['I2', 'reported', 'counted items and parts wrong in some versions (pull 31761)'],
      ['P1', 'reported', 'announces parts of reasoning by `response.reasoning_part.*`'],
      ['P2', 'reported', 'ended no parts of reasoning before pull 35184'],
      ['P6', 'reported', 'announced parts of reasoning as text (pull 24788)'],
      ['X1', 'reported', 'makes the ids of the final response anew (pull 38227)'],
      ['C6', 'reported', 'sends the usage with every chunk (`continuous_usage_stats`)'],
    ],
    (traits) => {
      const hints =
        Number(/^resp_[0-9a-f]{32}$/.test(traits.responseId)) +
        Number(traits.unlisted.has('response.reasoning_part.added'));
      // The port alone is anybody's.
      if (hints === 0) return 0;
      return hints > 1 || atPort(traits, 8000) ? 2 : 1;
    },
  ),
  profile(
    'litellm',
    'LiteLLM',
    [
      ['F1', 'reported', 'sends frames without names'],
      ['F3', 'reported', 'leaves `sequence_number` out (pull 28899)'],
      ['F4', 'reported', 'numbers some events always alike (pull 28899)'],
      ['L1', 'reported', 'begins with the first delta (issue 22102)'],
      ['I2', 'reported', 'announces no items (issue 22102)'],
      ['I5', 'reported', 'ends no items (issue 22102)'],
    ],
    (traits) => ([...traits.headers.keys()].some((name) => name.startsWith('x-litellm-')) ? 2 : 0),
  ),
  profile(
    'llama-stack',
    'Llama Stack',
    [['P2', 'reported', 'leaves out `output_text.done` (issue 5309 of ogx)']],
    (traits) => (atPort(traits, 8321) ? 2 : 0),
  ),
  profile(
    'open-responses',
    'Open Responses server',
    [
      [
        'W10',
        'reported',
        'may have events of its own, whose names begin with its name and a colon',
      ],
    ],
    ({ unlisted }) => ([...unlisted].some((type) => /^[\w-]+:/.test(type)) ? 1 : 0),
  ),
];

const byId = new Map(PROFILES.map((one) => [one.id, one]));

/** The profile of an id, null where there is none (an older or newer version may have had it). */
export function profileOf(id: string | null | undefined): Profile | null {
  return (id && byId.get(id)) || null;
}

/** The server that the traits speak for most, null where they say nothing. */
export function recognisedProfile(traits: Traits): Profile | null {
  let best: Profile | null = null;
  let most = 0;
  for (const one of PROFILES) {
    const certainty = one.recognise(traits);
    if (certainty <= most) continue;
    best = one;
    most = certainty;
  }
  return best;
}

function profile(
  id: string,
  title: string,
  known: readonly Known[],
  recognise: Profile['recognise'],
): Profile {
  const deviations = known.map(([rule, seen, why]) => [rule, { why, seen }] as const);
  return { id, title, deviations: new Map(deviations), recognise };
}

/** Whether the request went to one of these hosts, or to one below it. */
function atHost({ url }: Traits, ...hosts: string[]): boolean {
  const host = /^\w+:\/\/([^/?#:@]+)/.exec(url)?.[1]?.toLowerCase() ?? '';
  return hosts.some((one) => host === one || host.endsWith(`.${one}`));
}

/** Whether the request went to this port of a machine of one's own. */
function atPort({ url }: Traits, port: number): boolean {
  const [, host = '', at = ''] = /^http:\/\/(\[[^\]]*\]|[^/?#:@]+):(\d+)/.exec(url) ?? [];
  return Number(at) === port && isOwn(host);
}

function isOwn(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '[::1]' ||
    /^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\./.test(host) ||
    !host.includes('.') ||
    host.endsWith('.local')
  );
}
