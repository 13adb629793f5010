import { tick } from 'svelte';
import type { SchemaKind } from '../../src-core/schema.ts';
import type { Finding, LintOptions } from '../../src-core/strict-schema/finding.ts';
import { fixAll, fixOne } from '../../src-core/strict-schema/fixing.ts';
import { lintSchema } from '../../src-core/strict-schema/lint.ts';
import { nameFinding } from '../../src-core/strict-schema/request-checks.ts';
import type { Target } from '../../src-core/strict-schema/targets.ts';
import { type TextEdit, withEdits } from '../../src-core/strict-schema/tree-text.ts';
import type { EditorProblem } from '../editor/problems.ts';
import { type Linted, Linter } from './linter.svelte.ts';

/** A schema that is written somewhere. */
export interface LintSubject {
  /** As it stands in the editor. */
  readonly text: string;
  readonly name: string;
  readonly strict: boolean;
  readonly kind: SchemaKind;
  /** Whose rules it is held to while it is strict. */
  readonly target: Target;
  /** Makes changes in the editor, in one step for undo; none if the text is another by now. */
  change(text: string, edits: readonly TextEdit[]): void;
}

/** What Fix all would do. */
export interface FixAllPreview {
  before: string;
  edits: TextEdit[];
  after: string;
  count: number;
  /** How many errors stay, for want of a quick fix. */
  left: number;
}

/** Strict mode's word on the schema in an editor: problems, quick fixes, and how much of the limits is used. */
export class StrictLint {
  readonly #linter = new Linter();
  readonly #subjectOf: () => LintSubject | null;
  /** What Fix all would do, while a person looks at it. */
  preview = $state.raw<FixAllPreview | null>(null);

  readonly #subject = $derived.by(() => this.#subjectOf());
  // Without strict the server holds the schema to none of the rules.
  readonly target: Target = $derived.by(() =>
    this.#subject?.strict ? this.#subject.target : 'json-schema',
  );
  readonly #options: LintOptions = $derived.by(() => ({
    target: this.target,
    name: this.#subject?.name ?? '',
    use: this.#subject?.kind === 'tool' ? 'function' : 'response_format',
  }));
  /** What S26 says of the name. */
  readonly name = $derived.by(() =>
    this.#subject?.strict ? nameFinding(this.#subject.name, this.#subject.kind) : null,
  );
  readonly #findings: readonly Finding[] = $derived.by(() => this.linted?.report.findings ?? []);
  /** How many there are of each severity, the name's included. */
  readonly counts = $derived.by(() =>
    (['error', 'warning', 'note'] as const).map((severity) => {
      const count = this.#findings.filter((finding) => finding.severity === severity).length;
      return { severity, count: severity === 'error' && this.name ? count + 1 : count };
    }),
  );
  /** How many problems Fix all mends. */
  readonly fixable = $derived.by(
    () => this.#findings.filter(({ fixes, isChoice }) => fixes.length > 0 && !isChoice).length,
  );
  readonly canFix = $derived.by(() => this.fixable > 0);
  /** What the editor underlines; it belongs to one text. */
  readonly problems: { text: string; list: readonly EditorProblem[] } = $derived.by(() => ({
    text: this.linted?.text ?? '',
    list: this.#findings.map((finding) => this.#problemOf(finding)),
  }));

  /** @param subjectOf what is looked at, read anew at each change; null for no schema. */
  constructor(subjectOf: () => LintSubject | null) {
    this.#subjectOf = subjectOf;
  }

  /** The newest report, be it of an earlier text; null before the first. */
  get linted(): Linted | null {
    return this.#linter.linted;
  }

  /** Why nothing can be said of the newest text; `''` where something is, or will be. */
  get failure(): string {
    return this.#linter.failure;
  }

  /** To be called in an effect: looks at the text once it rests. */
  update(): void {
    if (this.#subject) this.#linter.lint(this.#subject.text, this.#options);
    else this.#linter.clear();
  }
  /** Another schema is written from now on: nothing that was said is about it. */
  clear(): void {
    this.#linter.clear();
    this.preview = null;
  }
  dispose(): void {
    this.#linter.dispose();
  }

  /** Applies a quick fix of a finding. */
  fix(finding: Finding, fix: number): void {
    if (this.linted) this.#subject?.change(this.linted.text, this.#editsFor(finding, fix));
  }

  showPreview(): void {
    if (!this.linted || !this.canFix) return;
    const { text: before, options } = this.linted;
    const { edits, count } = fixAll(before, options);
    const after = withEdits(before, edits);
    const errors = lintSchema(after, options).findings;
    const left = errors.filter(({ severity }) => severity === 'error').length;
    this.preview = { before, edits, after, count, left };
  }
  async applyAll(): Promise<void> {
    const shown = this.preview;
    this.preview = null;
    // The dialog gives the focus back as it goes; then the editor takes it, so that undo works there.
    await tick();
    if (shown) this.#subject?.change(shown.before, shown.edits);
  }

  #problemOf(finding: Finding): EditorProblem {
    const { start, end, severity, message, server, rule, fixes } = finding;
    return {
      start,
      end,
      severity: severity === 'fine' ? 'note' : severity,
      message: server ? `${message}\nThe server would answer: ${server}` : message,
      code: rule,
      fixes: fixes.map((title, fix) => ({ title, changes: () => this.#editsFor(finding, fix) })),
      fixAll: this.canFix ? () => this.showPreview() : null,
    };
  }
  #editsFor({ rule, pointer, start, end }: Finding, fix: number): TextEdit[] {
    const { linted } = this;
    return linted ? fixOne(linted.text, linted.options, { rule, pointer, start, end, fix }) : [];
  }
}
