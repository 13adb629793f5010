import { escapeKey } from '../growing/pointer.ts';
import type { TreeEntry, TreeNode } from './json-tree.ts';
import { contextOf, type Place, stepsTo } from './places.ts';
import { type RuleId, RULES, type Severity } from './rules.ts';
import type { Limits } from './limits.ts';
import type { References } from './references.ts';
import type { Target } from './targets.ts';

/** Something that a rule says of a schema. */
export interface Finding {
  rule: RuleId;
  severity: Severity;
  message: string;
  /** What the server would answer, as far as that is known. */
  server: string | null;
  /** The schema it is about, as a JSON pointer. */
  pointer: string;
  /** Offsets in the schema's text. */
  start: number;
  end: number;
  /** What its quick fixes do, the one to prefer first. */
  fixes: string[];
  /** Its quick fixes mean different things, so that a person has to choose: Fix all leaves it. */
  isChoice: boolean;
  /** What to do where there is no quick fix. */
  byHand: string | null;
}

/** A change of the tree. It looks whether it still applies, for others may have come before. */
export interface Fix {
  title: string;
  /** One of several meanings, or one that gives something up: only a person takes it. */
  isChoice?: boolean;
  apply(): void;
}

/** What the server says: behind the context of the place, or of the schema as a whole. */
export type Said = string | { ofWhole: string } | null;

export interface LintOptions {
  target: Target;
  /** What the schema is called, and what it is for: the server's messages say so. */
  name?: string;
  use?: 'response_format' | 'function';
}

/** What the checks share: the tree, its schemas and references, and what they found. */
export class Linting {
  readonly findings: Finding[] = [];
  /** Beside each finding its fixes. */
  readonly fixes: Fix[][] = [];
  readonly root: TreeNode;
  readonly places: readonly Place[];
  readonly references: References;
  readonly target: Target;
  readonly use: 'response_format' | 'function';
  readonly limits: Limits | null;
  readonly #subject: string;

  constructor(
    parts: Pick<Linting, 'root' | 'places' | 'references' | 'limits'>,
    { target, name = 'output', use = 'response_format' }: LintOptions,
  ) {
    this.root = parts.root;
    this.places = parts.places;
    this.references = parts.references;
    this.limits = parts.limits;
    this.target = target;
    this.use = use;
    this.#subject = `Invalid schema for ${use} '${name}': `;
  }

  /**
   * @param at the member that is wrong, or null where the schema as a whole is
   * @param said what the server was seen to say: see `observed-answers.ts`
   */
  add(
    rule: RuleId,
    place: Place,
    at: TreeEntry | { start: number; end: number } | null,
    message: string,
    said: Said = null,
    fixes: Fix[] = [],
    severity: Severity = RULES[rule].severity,
  ): void {
    const [start, end] = at ? [at.start, at.end] : labelOf(place);
    const server =
      typeof said === 'string'
        ? `${this.#subject}In context=${contextOf(place)}, ${said}`
        : said && this.#subject + said.ofWhole;
    this.#push({ rule, severity, message, server, start, end, ...this.#rest(rule, place, fixes) });
    this.fixes.push(fixes);
  }
  /** A finding of the root, of which the server gives no context. */
  addToRoot(rule: RuleId, message: string, said: string | null, fixes: Fix[]): void {
    const place = this.places[0]!;
    const type = this.root.entry('type');
    const [start, end] = type ? [type.start, type.end] : labelOf(place);
    const server = said && this.#subject + said;
    const { severity } = RULES[rule];
    this.#push({ rule, severity, message, server, start, end, ...this.#rest(rule, place, fixes) });
    this.fixes.push(fixes);
  }

  #push(finding: Finding): void {
    this.findings.push(finding);
  }
  #rest(
    rule: RuleId,
    place: Place,
    fixes: Fix[],
  ): Pick<Finding, 'pointer' | 'fixes' | 'isChoice' | 'byHand'> {
    const pointer = stepsTo(place)
      .map((step) => `/${escapeKey(step)}`)
      .join('');
    const isChoice = fixes.length > 0 && fixes[0]!.isChoice === true;
    const byHand = fixes.length > 0 && !isChoice ? null : RULES[rule].byHand || null;
    return { pointer, fixes: fixes.map(({ title }) => title), isChoice, byHand };
  }
}

/** What stands for a schema as a whole: the key that it is called by, or its first character. */
function labelOf({ node, entry }: Place): [number, number] {
  if (entry && entry.start >= 0) return [entry.start, entry.keyEnd];
  return [node.start, node.kind === 'scalar' ? node.end : node.start + 1];
}
