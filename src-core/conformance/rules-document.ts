import { DIALECTS } from '../dialects/dialect.ts';
import { dialectOf } from '../dialects/dialects.ts';
import type { RuleText } from './rule.ts';
import { PROFILES } from './profiles.ts';
import { RULES } from './rules.ts';

const GROUPS: Readonly<Record<string, string>> = {
  W: 'Wire format, and what events say of themselves',
  F: 'Framing and numbers',
  L: 'Life of a response',
  I: 'Items',
  P: 'Parts and texts',
  T: 'Tools',
  X: 'The final response',
  C: 'Chat Completions',
  A: 'Anthropic Messages',
  G: 'Gemini',
  O: 'Ollama',
};

const HEAD = `# Rules

What Deltascope holds a stream against. This page is made from the rules themselves: change \`src-core/conformance\` and run \`npm run rules-doc\`.

Each rule has an id, which a problem names, by which it is filtered (\`problem:F4\`) and silenced. *must*: a published specification or type definition asks for it. *observed*: recordings have it without exception, and nothing that is published says it. The severity is that of the usual case; an explanation says where a case is lower.

| severity | means |
|---|---|
| error | something is lost, damaged, or failed |
| warning | the stream is not what its server meant to send, or the answer is cut short |
| note | legal or harmless, but unusual enough to explain a difference between clients |

What is missing at the end is a note where the person or the client stopped the request: the capture says so, a stream by itself does not.

A break is told once: afterwards the stream is taken as it is, and what only follows from the break is not told. At most 2,000 problems of a rule and 10,000 in all are listed, and the first 100 of each further rule; all are counted. "OpenAI" are the recordings of its own servers and of Azure in \`src-core/testing/recordings\`; what is said of the \`openai\` package 6.49 was read in its source; what is said of 7.57 comes from notes on it.
`;

/** \`docs/rules.md\`: every rule, and what known servers do otherwise. */
export function rulesDocument(): string {
  const parts = [HEAD];
  for (const [letter, title] of Object.entries(GROUPS)) {
    const rules = RULES.filter(({ id }) => id.startsWith(letter));
    if (rules.length > 0) parts.push(`## ${title}\n`, ...rules.map(ruleSection));
  }
  parts.push(PROFILES_HEAD, profilesTable());
  return `${parts.join('\n').trimEnd()}\n`;
}

function ruleSection(rule: RuleText): string {
  const { id, title, level, severity, dialects, basis, clients, explanation } = rule;
  const isEverywhere = dialects.length === DIALECTS.length;
  const where = isEverywhere ? ['all dialects'] : dialects.map((one) => dialectOf(one).title);
  const kind = [level, severity, where.join(', ')];
  return `### ${id}: ${title}

*${kind.join(' · ')}*

${explanation}

**Rests on**: ${basis}

**Clients**: ${clients}
`;
}

const PROFILES_HEAD = `## Servers that differ

Where a server is recognised, by its address, the headers of its answer or traits of the stream, what it is known to do is a note that names it. A person can choose another profile; OpenAI's own leaves nothing out. *recorded*: seen in a recording; *reported*: told by an issue thread or a document, and not seen.
`;

function profilesTable(): string {
  const rows = PROFILES.flatMap(({ title, deviations }) =>
    deviations.size === 0
      ? [`| ${title} | | nothing is known | |`]
      : Array.from(
          deviations,
          ([rule, { why, seen }]) => `| ${title} | ${rule} | ${why} | ${seen} |`,
        ),
  );
  return ['| server | rule | what it does | seen |', '|---|---|---|---|', ...rows].join('\n');
}
