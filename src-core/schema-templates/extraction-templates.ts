import { closedObject, described, listOf, maybe } from './closed-object.ts';
import type { SchemaTemplate } from './templates.ts';

/** Something is found in a text, or said of one. */
export const EXTRACTION_TEMPLATES: readonly SchemaTemplate[] = [
  {
    id: 'person',
    title: 'Person',
    about: 'A flat object, three values that may be missing',
    name: 'person',
    description: 'A person named in the text.',
    kind: 'format',
    schema: closedObject({
      name: { type: 'string' },
      age: { type: ['integer', 'null'], description: 'In years; null if the text does not say.' },
      occupation: maybe('string', 'Null if the text does not say.'),
      email: { type: ['string', 'null'], format: 'email' },
    }),
  },
  {
    id: 'facts',
    title: 'Facts with citations',
    about: 'Each statement quotes what it is taken from',
    name: 'facts',
    description: 'Statements of a text, each with the words that prove it.',
    kind: 'format',
    schema: closedObject({
      facts: listOf(
        closedObject({
          quote: described('string', 'Copied from the text, character by character.'),
          statement: described('string', 'What the quote says, as one sentence.'),
          source: maybe('string', 'Title or address of the document; null with a single one.'),
        }),
      ),
      unanswered: listOf({ type: 'string' }, 'Questions that the text does not answer.'),
    }),
  },
  {
    id: 'classification',
    title: 'Classification',
    about: 'Reason first, then one of a list, with a confidence',
    name: 'classification',
    description: 'Which kind of message this is.',
    kind: 'format',
    schema: closedObject({
      reason: described('string', 'One sentence, before the label.'),
      label: { type: 'string', enum: ['bug', 'feature', 'question', 'praise', 'other'] },
      confidence: { type: 'number', minimum: 0, maximum: 1 },
    }),
  },
  {
    id: 'invoice',
    title: 'Invoice with line items',
    about: 'An array of objects, dates, amounts, a definition used twice',
    name: 'invoice',
    description: 'What an invoice says. Amounts are in the units of its currency.',
    kind: 'format',
    schema: {
      ...closedObject({
        number: { type: 'string' },
        issued: { type: 'string', format: 'date' },
        due: { type: ['string', 'null'], format: 'date' },
        currency: { type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217.' },
        seller: { $ref: '#/$defs/party' },
        buyer: { $ref: '#/$defs/party' },
        lines: listOf(
          closedObject({
            text: { type: 'string' },
            quantity: { type: 'number' },
            unit_price: { type: 'number' },
            total: { type: 'number' },
          }),
        ),
        tax: { type: ['number', 'null'] },
        total: { type: 'number' },
      }),
      $defs: {
        party: closedObject({
          name: { type: 'string' },
          address: { type: ['string', 'null'] },
          tax_id: { type: ['string', 'null'] },
        }),
      },
    },
  },
  {
    id: 'meeting',
    title: 'Meeting notes',
    about: 'Decisions and tasks, with who and until when',
    name: 'meeting_notes',
    description: 'What was decided in a meeting, and who does what.',
    kind: 'format',
    schema: closedObject({
      summary: described('string', 'At most three sentences.'),
      decisions: listOf({ type: 'string' }),
      tasks: listOf(
        closedObject({
          task: { type: 'string' },
          owner: maybe('string', 'Null if nobody took it.'),
          due: { type: ['string', 'null'], format: 'date' },
        }),
      ),
    }),
  },
];
