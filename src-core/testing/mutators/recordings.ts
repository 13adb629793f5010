import { framesOfLines, recordings } from '../recordings.ts';
import { EditableStream } from './editable-stream.ts';

/** Recordings of whole responses, each for what it has in it. */
const NAMES = [
  'seed-person.sse', // json_schema output
  'dotnet-canstreambackgroundresponsesasync-1.sse', // resumed, in background mode
  'dotnet-responses-functioncallstreamingworks.sse',
  'dotnet-responsestool-filesearchcallstreamingasync.sse',
  'dotnet-responsestool-mcptoolstreamingworksasync.sse',
  'fantasy-azure-gpt-5-mini-thinking-streaming-0.sse', // reasoning summary and call, of Azure
  'fantasy-openai-gpt-4o-multi-tool-streaming-0.sse', // two function calls
  'fantasy-openaiwebsearch-stream.sse',
  'mirascope-mirascope-provider-streaming-openai-gpt-5-mini-responses.sse', // plain text
  'prism-openai-stream-with-provider-tool-1.sse', // two web searches, several annotations
  'pyd-openai-responses-code-execution-download-file-stream-0.sse', // code interpreter
  'pyd-openai-responses-test-backgrou-ode-streaming-starting-after-vcr-1.sse', // resumed
  'rig-refusal-matrix-responses-streaming-refusal-delta-surfaces.sse',
  'rig-streaming-grammar-incomplete-max-output-tokens.sse',
  'vercel-openai-apply-patch-tool.1.jsonl',
  'vercel-openai-error.1.jsonl', // failed
  'vercel-openai-image-generation-tool.1.jsonl',
];

/** Long ones, for what no other has in it. */
const LONG_NAMES = [
  'dotnet-streamingresponseswithreasoningsummaryasync.sse', // several parts of a summary
];

interface MutableRecording {
  name: string;
  bytes: Uint8Array;
  isLong: boolean;
  stream: EditableStream;
}

/** Recordings of the Responses API without a fault, as event streams whose frames have names. */
export function mutableRecordings(): MutableRecording[] {
  const streams = [
    ...recordings('.sse'),
    ...recordings('.jsonl').map(({ name, bytes }) => ({ name, bytes: framesOfLines(bytes, true) })),
  ];
  return [...NAMES, ...LONG_NAMES].map((name) => {
    const found = streams.find((stream) => stream.name.endsWith(name));
    if (!found) throw new Error(`there is no recording ${name}`);
    return {
      name,
      isLong: LONG_NAMES.includes(name),
      bytes: found.bytes,
      stream: EditableStream.of(found.bytes),
    };
  });
}
