import type { CapturedSchema } from '../../../src-core/schema-sources/schemas-in.ts';
import { allowedName } from '../../../src-core/schema-sources/found-schema.ts';
import type { FoundSchema } from '../../../src-core/schema-sources/found-schema.ts';
import {
  BLANK_SCHEMA,
  TEMPLATES,
  templateText,
} from '../../../src-core/schema-templates/templates.ts';
import type { Inference } from '../../../src-core/schema-inference/infer.ts';
import type { SchemaFile } from '../../../src-core/schema-sources/schema-file.ts';
import type { SchemaKind } from '../../../src-core/schema.ts';
import { api } from '../../api.ts';
import type { Proposal, Given, Way } from './proposal.ts';
import { Newest, type SourceReader } from './source-reader.ts';

/** An object without properties. */
export class BlankWay implements Way {
  readonly fault = null;
  kind = $state<SchemaKind>('format');
  readonly proposal: Proposal = $derived.by(() => ({
    name: this.kind === 'tool' ? 'my_function' : 'schema',
    description: '',
    strict: true,
    kind: this.kind,
    text: BLANK_SCHEMA,
    source: { kind: 'blank', detail: '' },
    remarks: [],
  }));
}

/** One of the schemas that come with the app. */
export class TemplateWay implements Way {
  readonly fault = null;
  chosen = $state(TEMPLATES[0]!.id);
  readonly proposal: Proposal = $derived.by(() => {
    const template = TEMPLATES.find(({ id }) => id === this.chosen) ?? TEMPLATES[0]!;
    const { name, description, kind, title } = template;
    const source = { kind: 'template', detail: title } as const;
    return {
      name,
      description,
      kind,
      strict: true,
      text: templateText(template),
      source,
      remarks: [],
    };
  });
}

/** What examples have in common. */
export class ExampleWay implements Way {
  readonly #asked: Newest<Given & { enums: boolean; elements: boolean | undefined }>;
  #text = $state('');
  #name = $state('example');
  #enums = $state(true);
  #elements = $state<boolean | undefined>();
  #inferred = $state.raw<Inference | null>(null);

  constructor(reader: SourceReader) {
    this.#asked = new Newest(async (input) => {
      const inferred = await reader.ask('infer', input);
      if (this.#text !== '') this.#inferred = inferred;
    });
  }

  get text(): string {
    return this.#text;
  }
  set text(text: string) {
    this.#text = text;
    this.#ask();
  }
  get given(): Given | null {
    return this.#text === '' ? null : { name: this.#name, text: this.#text };
  }
  get enums(): boolean {
    return this.#enums;
  }
  set enums(enums: boolean) {
    this.#enums = enums;
    this.#ask();
  }
  /** Whether the elements of an array are the examples; null where there is no array. */
  get elements(): boolean | null {
    return this.#inferred?.elements ?? null;
  }
  set elements(elements: boolean) {
    this.#elements = elements;
    this.#ask();
  }
  take({ name, text }: Given): void {
    this.#name = allowedName(name.replace(/\.\w+$/, ''));
    this.#elements = undefined;
    this.text = text;
  }
  get count(): number {
    return this.#inferred?.count ?? 0;
  }
  get fault() {
    return this.#text.trim() === '' ? null : (this.#inferred?.fault ?? null);
  }
  readonly proposal: Proposal | null = $derived.by(() => {
    const inferred = this.#inferred;
    if (!inferred || inferred.text === '') return null;
    return {
      name: this.#name,
      description: '',
      strict: true,
      kind: 'format',
      text: inferred.text,
      source: { kind: 'example', detail: '' },
      remarks: inferred.remarks,
    };
  });

  #ask(): void {
    if (this.#text.trim() === '') this.#inferred = null;
    else {
      const { text } = this;
      void this.#asked.ask({ text, name: '', enums: this.#enums, elements: this.#elements });
    }
  }
}

/** @param where the words for the document that it stands in */
function proposalOf(found: FoundSchema, source: Proposal['source'], where: string): Proposal {
  const { name, description, strict, kind, text, pointer } = found;
  const remarks = pointer === '' ? [] : [{ pointer, text: where }];
  return { name: name || 'schema', description, strict, kind, text, source, remarks };
}

/** A schema that a request was sent with. */
export class CaptureWay implements Way {
  readonly fault = null;
  readonly #nameOf: (id: string) => string;
  #id = $state('');
  #found = $state.raw<readonly CapturedSchema[] | null>(null);
  failure = $state('');
  at = $state(0);

  constructor(nameOf: (id: string) => string) {
    this.#nameOf = nameOf;
  }

  get id(): string {
    return this.#id;
  }
  /** The schemas of the capture; null before they are known. */
  get found(): readonly CapturedSchema[] | null {
    return this.#found;
  }
  async choose(id: string): Promise<void> {
    this.#id = id;
    this.#found = null;
    this.at = 0;
    this.failure = '';
    try {
      const found = await api.captures.schemas({ id });
      if (this.#id === id) this.#found = found;
    } catch (error) {
      if (this.#id === id) this.failure = error instanceof Error ? error.message : String(error);
    }
  }
  readonly proposal: Proposal | null = $derived.by(() => {
    const found = this.#found?.[this.at];
    return found
      ? proposalOf(
          found,
          captureSource(this.#id, this.#nameOf(this.#id), found),
          found.side === 'request'
            ? 'As the request has it.'
            : 'As the response repeats it: its request is not known, or has none.',
        )
      : null;
  });
}

/** What an entry of the library remembers of the capture that it came from. */
export function captureSource(
  id: string,
  name: string,
  { pointer }: FoundSchema,
): Proposal['source'] {
  return { kind: 'capture', detail: name, capture: { id, pointer } };
}

/** A schema in a file, or in what was pasted. */
export class FileWay implements Way {
  readonly #reader: SourceReader;
  #given = $state.raw<Given | null>(null);
  #read = $state.raw<SchemaFile | null>(null);
  at = $state(0);

  constructor(reader: SourceReader) {
    this.#reader = reader;
  }

  get given(): Given | null {
    return this.#given;
  }
  get read(): SchemaFile | null {
    return this.#read;
  }
  get fault() {
    return this.#read?.fault ?? null;
  }
  /** Finds out what a text is. */
  async take(given: Given): Promise<SchemaFile> {
    this.#given = given;
    this.#read = null;
    this.at = 0;
    const read = await this.#reader.ask('file', given);
    if (this.#given === given) this.#read = read;
    return read;
  }
  readonly proposal: Proposal | null = $derived.by(() => {
    const found = this.#read?.found[this.at];
    return found && this.#given
      ? proposalOf(
          found,
          { kind: 'file', detail: this.#given.name },
          'Where it stands in the file.',
        )
      : null;
  });
}
