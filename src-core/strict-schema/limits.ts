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
  source:
    'OpenAI, guide to structured outputs; 10 levels and 1,000 values confirmed by answers of 2026',
};

/**
 * What OpenAI began with in 2024-08, and Azure's guide still says of properties and depth. It says nothing of
 * the others; 500 enum values were the limit of an answer in 2025. An answer of 2026 allowed 10 levels.
 */
const AZURE: Limits = {
  properties: 100,
  depth: 5,
  characters: 15_000,
  enumValues: 500,
  longEnum: 250,
  longEnumCharacters: 7500,
  asOf: '2026-11',
  source:
    'Microsoft Learn, Structured outputs (Azure OpenAI); characters and enum values: OpenAI in 2024-08',
};

/** The limits of each target; null where there are none. */
export const LIMITS: Readonly<Record<Target, Limits | null>> = {
  openai: OPENAI,
  'openai-fine-tuned': OPENAI,
  azure: AZURE,
  'json-schema': null,
};
