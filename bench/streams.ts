/** The streams that are measured, generated: the same bytes in every run. */

/** Tokens as models emit them: words, ends of lines, pieces of JSON. */
const TOKENS = (
  ' the| a| of|,|.| and| to|ing| stream| event|\n|\n\n| is| in|ed| that|:| "|"| model|{"|":"|","|' +
  ' for| with| on| as|s| be| at| by| from| this| it| or| are|1|0| -| `|`|(|)| response'
).split('|');
const WIDE_TOKENS =
  '東京|は|、|です|。|naïve| café|😀|über| straße|的|文本|流|—|…|“|”|Привет| мир'.split('|');
const PADDING = 'q3BqgwzkUfomJo8fPOKIFobpyF2qyS7OZBQ0qoe';

/** Numbers in [0, 1) that look random. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

function frame(event: { type: string }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Numbers the events of a response and makes them one body. */
class Body {
  #frames: string[] = [];
  #sequence = 0;

  add(type: string, fields: object): void {
    this.#frames.push(
      frame({ type, sequence_number: this.#sequence++, ...fields } as { type: string }),
    );
  }

  bytes(): Buffer {
    return Buffer.from(this.#frames.join(''));
  }
}

const response = {
  ...{ id: 'resp_0bcead1d6f6564230068f6fbfd253c81939c22c9c80501c3ea', object: 'response' },
  ...{ created_at: 1_763_770_000, status: 'in_progress', model: 'gpt-4o-mini-2024-07-18' },
  ...{ output: [], usage: null, tools: [], metadata: {}, text: { format: { type: 'text' } } },
};

const usage = { input_tokens: 20, output_tokens: 200_000, total_tokens: 200_020 };

/** One message of so many text deltas, with the fields that OpenAI sends. */
export function textStream(deltas: number, tokens: 'plain' | 'wide' = 'plain'): Buffer {
  const random = randomOf(7);
  const list = tokens === 'plain' ? TOKENS : WIDE_TOKENS;
  const body = new Body();
  const item_id = 'msg_0bcead1d6f6564230068f6fbfd253c81939c22c9c80501c3ea';
  const place = { item_id, output_index: 0, content_index: 0 };
  const message = { id: item_id, type: 'message', status: 'in_progress', role: 'assistant' };
  body.add('response.created', { response });
  body.add('response.in_progress', { response });
  body.add('response.output_item.added', { output_index: 0, item: { ...message, content: [] } });
  const part = { type: 'output_text', annotations: [], logprobs: [], text: '' };
  body.add('response.content_part.added', { ...place, part });
  let text = '';
  for (let at = 0; at < deltas; at++) {
    const delta = list[Math.floor(random() * list.length)]!;
    const obfuscation = PADDING.slice(0, 16 - delta.length);
    body.add('response.output_text.delta', { ...place, delta, logprobs: [], obfuscation });
    text += delta;
  }
  body.add('response.output_text.done', { ...place, text, logprobs: [] });
  body.add('response.content_part.done', { ...place, part: { ...part, text } });
  const done = { ...message, status: 'completed', content: [{ ...part, text }] };
  body.add('response.output_item.done', { output_index: 0, item: done });
  body.add('response.completed', {
    response: { ...response, status: 'completed', output: [done], usage },
  });
  return body.bytes();
}

/** Many short items, so that most events change structure, with log probabilities on every delta. */
export function structureStream(items: number): Buffer {
  const random = randomOf(11);
  const body = new Body();
  body.add('response.created', { response });
  for (let at = 0; at < items; at++) {
    if (at % 2 === 0) addMessage(body, at, random);
    else addSearch(body, at);
  }
  return body.bytes();
}

function addMessage(body: Body, index: number, random: () => number): void {
  const id = `msg_0bcead1d6f6564230068f6fbfd253c8193${index}`;
  const place = { item_id: id, output_index: index, content_index: 0 };
  const message = { id, type: 'message', status: 'in_progress', role: 'assistant' };
  const part = { type: 'output_text', annotations: [], logprobs: [], text: '' };
  body.add('response.output_item.added', {
    output_index: index,
    item: { ...message, content: [] },
  });
  body.add('response.content_part.added', { ...place, part });
  let text = '';
  const logprobs: object[] = [];
  for (let count = 0; count < 4; count++) {
    const delta = TOKENS[Math.floor(random() * TOKENS.length)]!;
    const logprob = {
      token: delta,
      logprob: -random(),
      top_logprobs: [{ token: delta, logprob: -1 }],
    };
    body.add('response.output_text.delta', { ...place, delta, logprobs: [logprob] });
    text += delta;
    logprobs.push(logprob);
  }
  const annotations = [0, 1].map((at) => {
    const annotation = { type: 'url_citation', url: `https://example.org/${at}`, title: 'Title' };
    const event = { ...place, annotation_index: at, annotation };
    body.add('response.output_text.annotation.added', event);
    return annotation;
  });
  const written = { ...part, text, annotations, logprobs };
  body.add('response.output_text.done', { ...place, text, logprobs });
  body.add('response.content_part.done', { ...place, part: written });
  const item = { ...message, status: 'completed', content: [written] };
  body.add('response.output_item.done', { output_index: index, item });
}

function addSearch(body: Body, index: number): void {
  const id = `ws_0bcead1d6f6564230068f6fbfd253c8193${index}`;
  const item = { id, type: 'web_search_call', status: 'in_progress', action: { query: 'q' } };
  const place = { item_id: id, output_index: index };
  body.add('response.output_item.added', { output_index: index, item });
  for (const status of ['in_progress', 'searching', 'completed'])
    body.add(`response.web_search_call.${status}`, place);
  const done = { ...item, status: 'completed' };
  body.add('response.output_item.done', { output_index: index, item: done });
}

/** Buffers of their own, as the sockets of Node deliver them. */
export function chunksOf(body: Buffer, size: number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; at += size)
    chunks.push(Buffer.from(body.subarray(at, at + size)));
  return chunks;
}
