/** A request that tries a schema. */
export interface SchemaRequest {
  /** The schema's text as it was written: it stands in the body like that. */
  schema: string;
  /** Of the format or the function. */
  name: string;
  description: string;
  strict: boolean;
  /** The output's format (`text.format`), or the parameters of a function that has to be called. */
  kind: 'format' | 'tool';
  model: string;
  prompt: string;
  /** Empty: none. */
  instructions?: string;
  maxOutputTokens?: number | null;
  /** `metadata`: pairs that the response repeats. */
  metadata?: Readonly<Record<string, string>>;
  /** Only where it is given: whoever sends the body may decide. */
  stream?: boolean;
}

/**
 * The body of `POST /responses` as a JSON text (protocol: request side). The schema's key order, which
 * the output follows (rule S27), numbers and layout are kept: its text is put in as it is, its lines
 * moved to where it stands. A text that is no JSON gives a body that is none.
 */
export function schemaRequest(request: SchemaRequest): string {
  const { kind, model, prompt, instructions = '', maxOutputTokens = null } = request;
  const members: Member[] = [['model', JSON.stringify(model)]];
  if (instructions !== '') members.push(['instructions', JSON.stringify(instructions)]);
  members.push(['input', JSON.stringify(prompt)]);
  if (kind === 'format') {
    members.push(['text', object([['format', object(formatOf(request))]])]);
  } else {
    members.push(['tools', `[\n  ${moved(object(toolOf(request)))}\n]`]);
    const choice: Member[] = [
      ['type', '"function"'],
      ['name', JSON.stringify(request.name)],
    ];
    members.push(['tool_choice', object(choice)]);
  }
  if (maxOutputTokens !== null) members.push(['max_output_tokens', String(maxOutputTokens)]);
  const metadata = Object.entries(request.metadata ?? {});
  if (metadata.length > 0)
    members.push([
      'metadata',
      object(metadata.map(([key, value]) => [key, JSON.stringify(value)])),
    ]);
  if (request.stream !== undefined) members.push(['stream', String(request.stream)]);
  return object(members);
}

/** A key and the text of its value. */
type Member = [key: string, value: string];

/** The members of `text.format`: flat, unlike those of Chat Completions. */
function formatOf({ name, description, strict, schema }: SchemaRequest): Member[] {
  return [
    ['type', '"json_schema"'],
    ['name', JSON.stringify(name)],
    ...described(description),
    ['strict', String(strict)],
    ['schema', schema.trim()],
  ];
}

function toolOf({ name, description, strict, schema }: SchemaRequest): Member[] {
  return [
    ['type', '"function"'],
    ['name', JSON.stringify(name)],
    ...described(description),
    ['strict', String(strict)],
    ['parameters', schema.trim()],
  ];
}

function described(description: string): Member[] {
  return description === '' ? [] : [['description', JSON.stringify(description)]];
}

function object(members: readonly Member[]): string {
  const lines = members.map(([key, value]) => `  ${JSON.stringify(key)}: ${moved(value)}`);
  return `{\n${lines.join(',\n')}\n}`;
}

/** Line breaks within JSON texts stand between tokens only: moving lines changes no value. */
function moved(value: string): string {
  return value.replace(/\n(?=[^\r\n])/g, '\n  ');
}
