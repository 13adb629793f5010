/** `error`: the server rejects the schema. `warning`: it may. `note`: good to know. `fine`: no finding ever. */
export type Severity = 'error' | 'warning' | 'note' | 'fine';

export interface Rule {
  severity: Severity;
  title: string;
  /** What its quick fix does, or offers to a person's choice; null where there is none. */
  fix: string | null;
  /** What a person has to do where a finding has no quick fix. */
  byHand: string;
}

/**
 * The rules of strict mode, by the newest text of OpenAI's guide (2026) unless a title says otherwise.
 * Where a rule is known from reports only, it is a warning.
 */
export const RULES = {
  S01: {
    severity: 'error',
    title: 'The root is an object',
    fix: 'Wraps the schema in an object with the property `result`',
    byHand: 'Write a schema with "type": "object".',
  },
  S02: {
    severity: 'error',
    title: 'The root is no union',
    fix: 'Wraps the schema in an object; an anyOf of one branch becomes that branch',
    byHand: 'Put the union into a property.',
  },
  S03: {
    severity: 'error',
    title: 'Every property is required',
    fix: 'Requires the property and lets it be null',
    byHand: 'Name every property in "required".',
  },
  S04: {
    severity: 'error',
    title: 'Only properties are required',
    fix: 'Removes the name from `required`',
    byHand: 'Remove it from "required".',
  },
  S05: {
    severity: 'error',
    title: 'Objects have "additionalProperties": false',
    fix: 'Sets it to false; a map of keys to values becomes an array of {key, value}; else offers ways to keep what may be in it',
    byHand: 'Set "additionalProperties" to false.',
  },
  S06: {
    severity: 'error',
    title: 'Every schema has a type',
    fix: 'Adds the type that the other keywords, the default or the examples are of; else offers the types',
    byHand: 'Say which type is meant: nothing here tells.',
  },
  S07: {
    severity: 'error',
    title: 'Arrays say what their items are',
    fix: 'Makes one schema for all items of those of a tuple; else offers the types',
    byHand: 'Add "items" with the schema of an item.',
  },
  S08: {
    severity: 'error',
    title: 'No allOf, not, if or dependent schemas',
    fix: 'Merges what allOf lists into the schema around it; offers to say the others in the description',
    byHand: 'Say it with properties and anyOf, or in the description.',
  },
  S09: {
    severity: 'error',
    title: 'No oneOf',
    fix: 'Makes it anyOf',
    byHand: 'There is an anyOf too: put one union into the other.',
  },
  S10: {
    severity: 'error',
    title: 'Only supported keywords for objects and arrays',
    fix: 'Removes the keyword and says it in the description',
    byHand: 'Remove the keyword.',
  },
  S11: {
    severity: 'warning',
    title: 'minLength and maxLength are in no list of supported keywords',
    fix: 'Removes the keyword and says it in the description',
    byHand: 'Remove the keyword.',
  },
  S12: {
    severity: 'error',
    title: 'Only supported formats',
    fix: 'Removes the format and says it in the description',
    byHand: 'Remove the format.',
  },
  S13: {
    severity: 'fine',
    title: 'pattern, and bounds of numbers and of the number of items, are supported (base models)',
    fix: null,
    byHand: '',
  },
  S14: {
    severity: 'error',
    title: 'Fine-tuned models and Azure know no pattern, format, lengths or bounds',
    fix: 'Removes the keyword and says it in the description',
    byHand: 'Remove the keyword.',
  },
  S15: {
    severity: 'error',
    title: 'Not too many properties in all',
    fix: null,
    byHand: 'Split the schema over several requests.',
  },
  S16: {
    severity: 'error',
    title: 'Not nested too deep (whether the root counts is not documented; here it does)',
    fix: 'Offers to move the part to $defs, which begins a count of its own',
    byHand: 'Make it flatter, or move the inner part to $defs.',
  },
  S17: {
    severity: 'error',
    title: 'Not too many characters in names, enum and const in all',
    fix: null,
    byHand: 'Shorten names and values.',
  },
  S18: {
    severity: 'error',
    title: 'Not too many enum values in all',
    fix: 'Offers to let the largest enums be any string',
    byHand: 'Use a string, and list the values in the instructions.',
  },
  S19: {
    severity: 'error',
    title: 'No enum that is both long and wordy',
    fix: 'Offers to let it be any string',
    byHand: 'Split the enum, or shorten its values.',
  },
  S20: {
    severity: 'error',
    title: 'References lead to definitions at the root',
    fix: 'Moves what is referred to into the definitions at the root',
    byHand: 'Nothing is there: correct the reference or add the definition.',
  },
  S21: {
    severity: 'error',
    title: '$ref stands alone',
    fix: 'Puts the definition in its place, or drops the other keywords',
    byHand: 'Remove what stands beside $ref.',
  },
  S22: { severity: 'fine', title: '$defs, #/$defs/x, # and recursion', fix: null, byHand: '' },
  S23: {
    severity: 'warning',
    title: 'Only local references',
    fix: 'Refers to what an anchor names by its place',
    byHand: 'Copy what is referred to into $defs.',
  },
  S24: {
    severity: 'warning',
    title: 'default was rejected in 2024 and 2025, and accepted in a probe of 2026',
    fix: 'Removes it and says it in the description',
    byHand: 'Remove it.',
  },
  S25: {
    severity: 'warning',
    title: 'Branches of anyOf begin with different keys (reported of 2024 and 2025, and of Azure)',
    fix: 'Moves the constant that tells the branches apart to the front',
    byHand: 'Begin each branch with a property whose const tells it from the others.',
  },
  S26: {
    severity: 'error',
    title: 'The name is 1 to 64 letters, digits, _ and -',
    fix: 'Replaces what is not allowed by _',
    byHand: 'Give the schema a name.',
  },
  S27: {
    severity: 'note',
    title: 'Output has its keys in the order of the schema',
    fix: null,
    byHand: '',
  },
  S28: {
    severity: 'note',
    title: 'A refusal takes the place of the JSON, and an incomplete response cuts it',
    fix: null,
    byHand: '',
  },
  S29: {
    severity: 'error',
    title: 'JSON mode needs the word JSON in the request',
    fix: null,
    byHand: 'Ask for JSON in the instructions or in the input.',
  },
  S30: {
    severity: 'warning',
    title: 'No keywords beyond those of the guide (tolerated in places)',
    fix: 'Removes it; nullable becomes a type of null',
    byHand: 'Something refers to what is in it.',
  },
} as const satisfies Record<string, Rule>;
export type RuleId = keyof typeof RULES;
