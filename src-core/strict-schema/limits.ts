import type { Target } from './targets.ts';

/** What is counted of a schema. */
export type Measure = 'properties' | 'depth' | 'characters' | 'enumValues';
export const MEASURES: readonly Measure[] = ['properties', 'depth', 'characters', 'enumValues'];

export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  properties: 'Properties',
  depth: 'Depth',
  characters: 'Characters',
  enumValues: 'Enum values',
};

export interface Limits extends Readonly<Record<Measure, number>> {
  /** An enum of strings with more values than `longEnum` may have so many characters in all. */
  longEnum: number;
  longEnumCharacters: number;
  /** Year and month of the text that says so, and which text that is. */
  asOf: string;
  source: string;
}

const OPENAI: Limits = {
  properties: 5000,
  depth: 10,
  characters: 120_000,
  enumValues: 1000,
  longEnum: 250,
  longEnumCharacters: 15_000,
  asOf: '2026-11',
  source: 'OpenAI, guide to structured outputs',
};

/** What OpenAI began with in 2024-08, and Azure's guide still says. */
const AZURE: Limits = {
  properties: 100,
  depth: 5,
  characters: 15_000,
  enumValues: 500,
  longEnum: 250,
  longEnumCharacters: 7500,
  asOf: '2026-11',
  source:
    'Azure OpenAI, guide to structured outputs; characters and enum values: OpenAI in 2024-08',
};

/** The limits of each target; null where there are none. */
export const LIMITS: Readonly<Record<Target, Limits | null>> = {
  openai: OPENAI,
  'openai-fine-tuned': OPENAI,
  azure: AZURE,
  'json-schema': null,
};
