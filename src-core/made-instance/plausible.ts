import { pickOf, wholeOf } from '../seeded.ts';
import type { JsonObject } from '../json.ts';

/** Words for what a property is called, the first that fits: an output that reads like one. */
const WORDS: readonly [names: RegExp, words: readonly string[]][] = [
  [/first_?name|given/i, ['Alice', 'Bo', 'Chidi', 'Dana', 'Elif']],
  [/last_?name|family|surname/i, ['Johnson', 'Okafor', 'Lindqvist', 'Tanaka', 'Moreau']],
  [/file_?name|path/i, ['notes.md', 'report-2026.pdf', 'src/index.ts']],
  [/e-?mail/i, ['alice@example.com', 'bo.lind@example.org']],
  [/url|link|href|website/i, ['https://example.com/a', 'https://example.org/docs/start']],
  [/phone/i, ['+1 555 0100', '+44 20 7946 0000']],
  [/country/i, ['Norway', 'Japan', 'Kenya', 'Chile']],
  [/city|town|location|place/i, ['Oslo', 'Kyoto', 'Nairobi', 'Valparaíso']],
  [/street|address/i, ['12 Elm Street', '4 Rue des Lilas']],
  [/zip|postal/i, ['10115', '90210']],
  [/currency/i, ['EUR', 'USD', 'JPY']],
  [/language|locale/i, ['en', 'fr', 'ja']],
  [/colou?r/i, ['teal', 'amber', 'slate']],
  [/occupation|profession|job|role/i, ['Software Engineer', 'Nurse', 'Cartographer', 'Baker']],
  [/company|organi[sz]ation|vendor|supplier/i, ['Northwind Ltd', 'Acme Instruments']],
  [/date|day/i, ['2026-03-14', '2025-11-02']],
  [/time/i, ['09:30', '17:45']],
  [/(^|_)id$|Id$|uuid|sku|code|key/, ['a-1042', 'b-7731', 'c-0098']],
  [/query|search/i, ['weather in Oslo', 'sparse matrix formats']],
  [/unit/i, ['kg', 'ml', 'pieces']],
  [/status|state/i, ['open', 'done', 'waiting']],
  [/tag|keyword|topic|category/i, ['travel', 'science', 'food', 'music']],
  [/title|heading|subject/i, ['A quiet harbour', 'Notes on the tides', 'Second thoughts']],
  [/question/i, ['What changed since last week?', 'Who decides?']],
  [/answer|reply|response/i, ['It depends on the season.', 'Yes, since Tuesday.']],
  [
    /summary|description|text|content|explanation|reason|comment|note|body|message/i,
    [
      'The ferry leaves at nine and comes back at dusk.',
      'Two values are missing; the rest adds up.',
      'A short walk, then the long way round.',
    ],
  ],
  [/name|author|person|user/i, ['Alice Johnson', 'Bo Lindqvist', 'Chidi Okafor', 'Elif Tanaka']],
];
const OTHER = ['willow', 'north gate', 'blue notebook', 'third draft', 'copper', 'early light'];

/** Ranges of numbers, likewise. */
const NUMBERS: readonly [names: RegExp, least: number, most: number][] = [
  [/age/i, 18, 79],
  [/year/i, 1990, 2026],
  [/month/i, 1, 12],
  [/hour/i, 0, 23],
  [/minute|second/i, 0, 59],
  [/percent|score|confidence|probability/i, 0, 1],
  [/lat/i, -80, 80],
  [/lon|lng/i, -170, 170],
  [/price|amount|total|cost/i, 5, 900],
  [/count|quantity|number|rank|step|index/i, 1, 12],
];
const PLAIN = new Set([
  'type',
  'description',
  'title',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
]);

/**
 * A value for a string or a number of which the schema says no more than limits of numbers; undefined
 * where it says more: that is for a generator.
 * @param name what the property, or the list that it stands in, is called
 */
export function plausible(
  schema: JsonObject,
  type: string,
  name: string,
  random: () => number,
): string | number | undefined {
  if (!Object.keys(schema).every((keyword) => PLAIN.has(keyword))) return undefined;
  if (type === 'string') {
    if (schema.minimum !== undefined || schema.maximum !== undefined) return undefined;
    return pickOf(random, WORDS.find(([names]) => names.test(name))?.[1] ?? OTHER);
  }
  const [, low, high] = NUMBERS.find(([names]) => names.test(name)) ?? [null, 0, 100];
  const least = typeof schema.minimum === 'number' ? schema.minimum : -Infinity;
  const most = typeof schema.maximum === 'number' ? schema.maximum : Infinity;
  let from = Math.max(low, least);
  let to = Math.min(high, most);
  if (from > to)
    [from, to] = least > high ? [least, Math.min(least + 100, most)] : [most - 100, most];
  from = Math.max(from, least);
  if (type === 'integer') {
    [from, to] = [Math.ceil(from), Math.floor(to)];
    return from <= to ? wholeOf(random, from, to) : undefined;
  }
  return Math.min(to, Math.max(from, Math.round((from + random() * (to - from)) * 100) / 100));
}
