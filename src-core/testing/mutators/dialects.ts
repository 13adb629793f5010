import type { DialectId } from '../../dialects/dialect.ts';
import { asEventStream, dialectEvents, eventsOfObjects, recordingsIn } from '../reduced.ts';
import { chatMutators } from './chat.ts';
import { EditableStream } from './editable-stream.ts';
import { geminiMutators } from './gemini.ts';
import { messagesMutators } from './messages.ts';
import type { Mutator } from './mutator.ts';
import { ollamaMutators } from './ollama.ts';

/** Mutators of the other dialects, and the recordings they break, as event streams. */
export interface MutableDialect {
  id: DialectId;
  mutators: readonly Mutator[];
  streams: { name: string; stream: EditableStream }[];
}

const recorded = (...names: string[]): MutableDialect['streams'] =>
  names.map((name) => {
    const found = recordingsIn('').find((recording) => recording.name.endsWith(name));
    if (!found) throw new Error(`there is no recording ${name}`);
    const isStream = name.endsWith('.sse');
    const bytes = isStream ? found.bytes : asEventStream(dialectEvents(name, found.bytes));
    return { name, stream: EditableStream.of(bytes) };
  });

/** What no recording shows, in the words of the protocol. */
const made = (name: string, ...events: Parameters<typeof eventsOfObjects>) => ({
  name,
  stream: EditableStream.of(asEventStream(eventsOfObjects(...events))),
});

const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' };
const delta = { role: 'assistant', content: 'a' };

export const MUTABLE_DIALECTS: readonly MutableDialect[] = [
  {
    id: 'chat',
    mutators: chatMutators,
    streams: [
      ...recorded(
        'dotnet-chat-streamingstructuredrefusalworks.sse',
        'prism-deepseek-stream-with-tools-1.sse', // two calls
        'rig-bare-openai-client-tool-call-s-m-without-the-single-chunk-const-0.sse',
        'rig-refusal-matrix-chat-streaming-agent-surfaces-refusal.sse',
        'fantasy-azure-o4-mini-simple-streaming.sse', // begins with what is about the prompt
      ),
      made(
        'a chunk, then an error',
        { ...chunk, choices: [{ index: 0, delta, finish_reason: null }] },
        { error: { code: 'c', message: 'm' } },
      ),
    ],
  },
  {
    id: 'messages',
    mutators: messagesMutators,
    streams: [
      ...recorded(
        'prism-anthropic-stream-with-extended-thinking-1.sse',
        'pyd-anthropic-code-execution-tool-stream.sse', // thinking, text, a call, its result
        'pyd-anthropic-mcp-servers-stream.sse',
        'rig-messages-thinking-redacted-thinking-streaming.sse',
        'rig-messages-tool-args-nested-arguments-streaming.sse',
      ),
      made(
        'a message, then an error',
        { type: 'message_start', message: { content: [] } },
        { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      ),
    ],
  },
  {
    id: 'gemini',
    mutators: geminiMutators,
    streams: [
      ...recorded(
        'pyd-google-vertex-web-search-citations-stream.sse',
        'req-gemini-3-flash-preview-grounding-streaming.sse',
        'rig-code-execution-matrix-streaming-code-execution-unicode-output.sse',
        'simonwgem-gemini-test-tools.json',
        'simonwgem-tools-with-gemini-3-thought-signatures.json',
      ),
      made('a blocked prompt', { promptFeedback: { blockReason: 'SAFETY' } }),
    ],
  },
  {
    id: 'ollama',
    mutators: ollamaMutators,
    streams: recorded(
      'fantasy-gpt-oss-120b-simple-streaming.ndjson',
      'openllm-ollama-metrics-test-ollama-streaming-metrics.ndjson', // the form of generate
      'rig-streaming-grammar-thinking-and-tool-call.ndjson',
    ),
  },
];
