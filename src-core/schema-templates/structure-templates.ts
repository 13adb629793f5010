import type { JsonObject } from '../json.ts';
import { closedObject, described, listOf, maybe } from './closed-object.ts';
import type { SchemaTemplate } from './templates.ts';

/** A branch of a union, told by its first key. */
const branch = (kind: string, properties: JsonObject): JsonObject =>
  closedObject({ type: { type: 'string', const: kind }, ...properties });

/** Steps, choices, trees, and what functions take. */
export const STRUCTURE_TEMPLATES: readonly SchemaTemplate[] = [
  {
    id: 'steps',
    title: 'Chain of steps',
    about: 'The way to the answer comes before the answer',
    name: 'solution',
    description: 'A problem solved step by step.',
    kind: 'format',
    schema: closedObject({
      steps: listOf(
        closedObject({
          explanation: { type: 'string' },
          output: described('string', 'What the step comes to.'),
        }),
      ),
      final_answer: { type: 'string' },
    }),
  },
  {
    id: 'union',
    title: 'One of several actions',
    about: 'A union inside the root, told apart by its first key',
    name: 'next_action',
    description: 'What to do next.',
    kind: 'format',
    schema: closedObject({
      action: {
        anyOf: [
          branch('reply', { text: { type: 'string' } }),
          branch('ask', { question: { type: 'string' }, options: listOf({ type: 'string' }) }),
          branch('hand_over', { team: { type: 'string' }, reason: { type: 'string' } }),
        ],
      },
    }),
  },
  {
    id: 'ui',
    title: 'Tree of interface elements',
    about: 'Recursive: an element has elements',
    name: 'ui',
    description: 'An interface that is drawn as it streams.',
    kind: 'format',
    schema: {
      ...closedObject({ root: { $ref: '#/$defs/element' } }),
      $defs: {
        element: closedObject({
          type: { type: 'string', enum: ['section', 'header', 'text', 'field', 'button'] },
          label: described('string', 'Empty for what only holds others.'),
          attributes: listOf(
            closedObject({ name: { type: 'string' }, value: { type: 'string' } }),
            'Strict mode has no maps: pairs stand for them.',
          ),
          children: listOf({ $ref: '#/$defs/element' }),
        }),
      },
    },
  },
  {
    id: 'outline',
    title: 'Outline of a document',
    about: 'Recursive through the root',
    name: 'outline',
    description: 'Sections within sections.',
    kind: 'format',
    schema: closedObject({
      title: { type: 'string' },
      summary: described('string', 'One sentence.'),
      sections: listOf({ $ref: '#' }),
    }),
  },
  {
    id: 'search-plan',
    title: 'Search plan',
    about: 'A function: several queries with filters',
    name: 'search_plan',
    description: 'Searches the documents. Call it once with all queries.',
    kind: 'tool',
    schema: closedObject({
      queries: listOf(
        closedObject({
          query: described('string', 'Words to look for, no operators.'),
          source: { type: 'string', enum: ['docs', 'tickets', 'code'] },
          after: {
            type: ['string', 'null'],
            format: 'date',
            description: 'Only what is newer; null for all.',
          },
        }),
      ),
      limit: described('integer', 'Results per query.'),
    }),
  },
  {
    id: 'weather',
    title: 'Weather',
    about: 'A function: the smallest one',
    name: 'get_weather',
    description: 'The weather at a place now.',
    kind: 'tool',
    schema: closedObject({
      location: described('string', 'City and country.'),
      unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
      at: maybe('string', 'Date and time; null for now.'),
    }),
  },
];
