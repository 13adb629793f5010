import { countOf } from '../dialects/facts.ts';
import { isObject, stringOf } from '../json.ts';
import type { GeminiFacts } from './gemini-facts.ts';
import type { Rule } from './rule.ts';
import { phrase } from './wording.ts';

const gemini = { dialects: ['gemini'] } as const;
const reference = 'Google’s API reference, `GenerateContentResponse`';
const ai = 'The `@ai-sdk/google` package (3.0)';

/** The members of which a part has one (a union in the reference). */
const DATA = [
  ...['text', 'inlineData', 'functionCall', 'functionResponse', 'fileData', 'executableCode'],
  ...['codeExecutionResult', 'toolCall', 'toolResponse'],
];

/** Gemini, `streamGenerateContent`. */
export const GEMINI_RULES: readonly Rule<GeminiFacts>[] = [
  {
    ...gemini,
    id: 'G1',
    title: 'each candidate has a finishReason',
    level: 'observed',
    severity: 'error',
    basis: `All recordings of Google. ${reference}: while it is empty the model has not stopped.`,
    clients: `${ai} gives the finish reason \`other\`.`,
    explanation:
      'The stream ends and a candidate has none: it was cut off. After an error or a blocked prompt nothing is asked.',
    checks: {
      end(facts, report) {
        if (facts.isFailed || facts.isBlocked || facts.frames === 0) return;
        const open = [...facts.candidates.values()].filter(({ finish }) => finish === '');
        if (facts.candidates.size === 0) report('The stream ends without a candidate.');
        for (const { index } of open)
          report(`The stream ends without a finishReason of candidate ${index}.`);
      },
    },
  },
  {
    ...gemini,
    id: 'G2',
    title: 'a candidate says nothing after its finishReason',
    level: 'observed',
    severity: 'warning',
    basis: 'All recordings of Google have it in the last frame of the candidate.',
    clients: `${ai} takes the newest finishReason and goes on. Programs that stop at the first lose the rest.`,
    explanation: 'A frame of a candidate follows its finishReason. Told once a candidate.',
    checks: {
      candidate(facts, report) {
        const { index, finish } = facts.candidate;
        if (finish !== '' && facts.once(`after ${index}`))
          report(`Candidate ${index} goes on after its finishReason ${finish}.`);
      },
    },
  },
  {
    ...gemini,
    id: 'G3',
    title: 'responseId and modelVersion stay',
    level: 'observed',
    severity: 'warning',
    basis: 'All recordings of Google that have them.',
    clients: `${ai} takes the id of the first frame.`,
    explanation:
      'A frame has another responseId or modelVersion than the frames before. Each is told once.',
    checks: {
      frame(facts, report) {
        for (const name of ['responseId', 'modelVersion'] as const) {
          const value = stringOf(facts.event[name]);
          if (facts[name] !== '' && value !== '' && value !== facts[name] && facts.once(name))
            report(`expected the ${name} ${phrase(facts[name])}, got ${phrase(value)}`);
        }
      },
    },
  },
  {
    ...gemini,
    id: 'G4',
    title: 'the total is the sum of its parts',
    level: 'must',
    severity: 'warning',
    basis: `${reference}, \`UsageMetadata\`: the total is that of prompt, tools, candidates and thoughts.`,
    clients: `${ai} adds up prompt, candidates and thoughts itself.`,
    explanation: 'totalTokenCount is not the sum of the other counts of the frame.',
    checks: {
      frame({ event }, report) {
        const usage = event.usageMetadata;
        const total = isObject(usage) ? countOf(usage.totalTokenCount) : null;
        if (!isObject(usage) || total === null) return;
        const names = ['promptTokenCount', 'toolUsePromptTokenCount', 'candidatesTokenCount'];
        const counts = [...names, 'thoughtsTokenCount'].map((name) => countOf(usage[name]) ?? 0);
        const sum = counts.reduce((one, other) => one + other, 0);
        if (sum !== total) report(`totalTokenCount is ${total}, its parts add up to ${sum}`);
      },
    },
  },
  {
    ...gemini,
    id: 'G5',
    title: 'a blocked prompt has no candidates',
    level: 'must',
    severity: 'error',
    basis: `${reference}, \`promptFeedback.blockReason\`: "the prompt was blocked and no candidates are returned".`,
    clients: `${ai} passes on what candidates there are.`,
    explanation: 'A candidate comes with a block reason, or after it.',
    checks: {
      candidate(facts, report) {
        if (facts.isBlocked && facts.once('blocked'))
          report('A candidate comes, but the prompt was blocked.');
      },
    },
  },
  {
    ...gemini,
    id: 'G6',
    title: 'a part holds one thing',
    level: 'must',
    severity: 'error',
    basis: `${reference}, \`Part\`: \`data\` is a union.`,
    clients: `${ai} takes the first that it looks for and drops the other.`,
    explanation: 'A part has two of text, call, code, result, inline data and file.',
    checks: {
      part({ part }, report) {
        const held = DATA.filter((name) => part[name] !== undefined && part[name] !== null);
        if (held.length > 1) report(`A part holds ${held.join(' and ')}.`);
      },
    },
  },
  {
    ...gemini,
    id: 'G7',
    title: 'a function call has a name and an object of arguments',
    level: 'must',
    severity: 'error',
    basis: `${reference}, \`FunctionCall\`: the name is required, \`args\` is an object. All recordings of Google.`,
    clients: `${ai} checks neither: a program gets what was sent.`,
    explanation:
      'A call has no name, or arguments that are no object. Parts that complete a call need neither.',
    checks: {
      part({ part, candidate }, report) {
        const call = part.functionCall;
        if (!isObject(call)) return;
        if (stringOf(call.name) === '' && candidate.openCall === null)
          report('A function call has no name.');
        else if (call.args !== undefined && call.args !== null && !isObject(call.args))
          report(`The arguments of ${phrase(call.name)} are ${phrase(call.args)}.`);
      },
    },
  },
  {
    ...gemini,
    id: 'G8',
    title: 'a call that will continue does',
    level: 'must',
    severity: 'error',
    basis:
      'Google’s reference of Vertex AI, `FunctionCall.willContinue`: more of the call follows.',
    clients: `${ai} gives no call until it is complete.`,
    explanation: 'A candidate is finished, and the arguments of a call were still to come.',
    checks: {
      finish({ candidate }, report) {
        if (candidate.openCall !== null && candidate.finish === '')
          report(`The call of ${phrase(candidate.openCall)} was never completed.`);
      },
    },
  },
  {
    ...gemini,
    id: 'G9',
    title: 'there is no [DONE]',
    level: 'observed',
    severity: 'note',
    basis: 'No recording of Google has one.',
    clients: `${ai} ignores it.`,
    explanation: '`[DONE]` comes, as gateways add it.',
    checks: {
      done(_facts, report) {
        report('[DONE] comes, which the protocol does not have.');
      },
    },
  },
];
