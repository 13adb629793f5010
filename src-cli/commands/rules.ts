import type { RuleText } from '../../src-core/conformance/rule.ts';
import { RULES } from '../../src-core/conformance/rules.ts';
import { DIALECTS } from '../../src-core/dialects/dialect.ts';
import { dialectOf } from '../../src-core/dialects/dialects.ts';
import type { Call, Command } from '../command.ts';
import { textTable } from '../console/text-table.ts';
import { EXIT } from '../failure.ts';
import { ruleNamed } from '../lint/known-rules.ts';

export const rules: Command = {
  name: 'rules',
  summary: 'list the rules of lint, or explain some',
  usage: '[OPTION...] [RULE...]',
  takes: 'words',
  description: [
    'Lists the rules that lint holds streams against: id, severity, whether a specification asks for it ' +
      '(must) or recordings show it (observed), and what holds. With ids, explains those: what the rule ' +
      'rests on, what official clients do when it is broken, and what usually breaks it.',
  ],
  options: [],
  examples: [
    { command: 'deltascope rules', text: 'All of them.' },
    { command: 'deltascope rules F4 L3', text: 'What two of them mean.' },
  ],
  run(call) {
    const { console, inputs } = call;
    if (inputs.length > 0) {
      const texts = inputs.map((name) => explanation(ruleNamed(name), call));
      console.stdout.write(texts.join('\n'));
    } else if (console.stdout.isTerminal) {
      const titles = ['rule', 'severity', 'level', 'what holds'];
      const [head = '', ...lines] = textTable(
        titles.map((title) => ({ title })),
        RULES.map(cellsOf),
      );
      console.stdout.line(call.style.in('dim', head));
      for (const line of lines) console.stdout.line(line);
    } else for (const rule of RULES) console.stdout.line(cellsOf(rule).join('\t'));
    return Promise.resolve(EXIT.clean);
  },
};

function cellsOf({ id, severity, level, title }: RuleText): string[] {
  return [id, severity, level, title];
}

function explanation(rule: RuleText, { style }: Call): string {
  const { id, title, severity, level, dialects, basis, clients } = rule;
  const isEverywhere = dialects.length === DIALECTS.length;
  const protocols = dialects.map((dialect) => dialectOf(dialect).title).join(', ');
  return [
    style.in('bold', `${id}: ${title}`),
    `${style.severity(severity, severity)}, ${level}, ${isEverywhere ? 'any protocol' : protocols}`,
    '',
    rule.explanation.trim(),
    '',
    `Rests on: ${basis}`,
    `Clients: ${clients}`,
    '',
  ].join('\n');
}
