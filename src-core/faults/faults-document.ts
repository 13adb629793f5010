import { allowed } from './checked-faults.ts';
import type { FAULT_KINDS } from './fault-kinds.ts';
import { FAULT_GROUPS, FAULT_NAMES, kindOf, type Parameter, WHEN } from './fault-kinds.ts';
import { MOST_FAULTS, MOST_SEED } from './checked-faults.ts';

const HEAD = `# Faults

A list of faults says how a recording is broken on purpose. A replay server applies it to a copy of what it serves; the recording stays what it is. This page is made from \`src-core/faults/fault-kinds.ts\`: run \`npm run rules-doc\`.

A list is a JSON file:

\`\`\`json
{
  "version": 1,
  "name": "Rate limited twice, then cut",
  "seed": 1,
  "faults": [
    {"kind":"status","status":429,"retryAfter":1,"onRequests":"1..2"},
    {"kind":"cut-event","at":"50%","ending":"rst","onRequests":3}
  ]
}
\`\`\`

| key | |
|---|---|
| \`version\` | 1 |
| \`name\` | a text of at most 200 characters; left out: the name of the file |
| \`seed\` | a whole number from 0 to ${MOST_SEED}: everything that is left to chance is drawn from it; left out: 1 |
| \`faults\` | at most ${MOST_FAULTS} steps |

The steps are applied one after the other, each to what the ones before it left: after \`drop\` of event 3, event 3 is the one that was 4. What is not touched keeps its bytes, its chunks and its times. A step that finds nothing to do in a recording (there is no event 40) does nothing, and says so in the server's log and in the preview.

The order is: recording, pace of the server, faults. Times of faults are milliseconds of a clock, whatever the pace.

## Events

\`at\` names events by their number in the event list, from 0, in JSON as a number or a text:

| | |
|---|---|
| \`3\` | the event with this number |
| \`"3..7"\`, \`"5.."\` | from the one to the other; to the end |
| \`"last"\` | the last one |
| \`"50%"\` | the one in the middle: so many events come before it |
| \`"type:*.delta"\` | all of a type as the event list names it; \`*\` stands for anything, \`response.\` may be left out |
| \`"0, 3..4, last"\` | several of these |

Where a step is about one event, the first that is meant counts. \`status\`, \`redirect\` and a stall or a head that lasts for ever leave no events for the steps after them.

## Of every step
`;

/** \`docs/faults.md\`: the file, and every kind of step. */
export function faultsDocument(): string {
  const every = Object.entries(WHEN).map(([name, about]) => `| \`${name}\` | ${about} |`);
  const parts = [
    HEAD,
    ['| key | |', '|---|---|', '| `kind` | what is done: see below |', ...every, ''].join('\n'),
    'Requests are counted by what the server serves, from its start or from the last change of the list.\n',
  ];
  for (const group of FAULT_GROUPS) {
    parts.push(`## Kinds: ${group}\n`);
    for (const name of FAULT_NAMES) if (kindOf(name).group === group) parts.push(section(name));
  }
  return `${parts.join('\n').trimEnd()}\n`;
}

function section(name: keyof typeof FAULT_KINDS): string {
  const { title, does, parameters, example } = kindOf(name);
  const rows = Object.entries<Parameter>(parameters).map(
    ([key, parameter]) => `| \`${key}\` | ${parameter.about} | ${values(parameter)} |`,
  );
  const table = rows.length === 0 ? [] : ['| key | | value |', '|---|---|---|', ...rows, ''];
  const code = ['```json', JSON.stringify(example), '```', ''];
  return [`### ${name}`, '', `*${title}.* ${does}`, '', ...table, ...code].join('\n');
}

function values({ type, fallback }: Parameter): string {
  const meant = fallback === undefined ? '' : `; left out: \`${JSON.stringify(fallback)}\``;
  return `${allowed(type)}${meant}`;
}
