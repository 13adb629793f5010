import type { EventIndex } from '../../src-core/index/event-index.ts';
import type { LaneDocuments } from '../../src-core/growing/lane-documents.ts';
import { functionOf } from '../../src-core/dialects/function-name.ts';
import { isObject, type JsonObject, type JsonValue } from '../../src-core/json.ts';
import type { CaptureMeta } from '../../src-core/capture.ts';
import { judgedLanes, type JudgedKind } from '../../src-core/schema-check/judged-lanes.ts';
import { planOf } from '../../src-core/schema-check/compile.ts';
import type { Plan } from '../../src-core/schema-check/plan.ts';
import { type SchemaSource, SchemaSources } from '../../src-core/schema-check/source.ts';
import type { WholeVerdict } from '../../src-ipc/contract.ts';
import { LaneCheck } from './lane-check.ts';

/** How long one slice of checking may hold up the page. */
const SLICE_MS = 8;

/** As much of a capture as checking reads. */
interface Checked {
  readonly index: EventIndex;
  readonly documents: Pick<LaneDocuments, 'of'>;
  readonly ended: boolean;
  readonly meta: Pick<CaptureMeta, 'request'>;
  event(seq: number): { value: JsonValue | undefined };
  snapshotAt(seq: number): JsonObject | null;
  setJudged(count: number, invalid: readonly number[]): void;
}
/** Another schema than those that were asked for, and the outputs that it is to judge. */
export interface OtherSchema {
  source: SchemaSource;
  about: JudgedKind;
}
type Validate = (input: { schema: string; text: string }) => Promise<WholeVerdict>;

/** An event from which on an output can't become valid any more. */
export interface InvalidEvent {
  seq: number;
  /** In words, for who points at it. */
  text: string;
}

/**
 * The outputs of a capture that were asked for with a schema, checked as they grow, in slices of at
 * most 8 ms. When the stream is over a validator judges those that are whole once more.
 */
export class SchemaChecks {
  readonly #view: Checked;
  readonly #validate: Validate;
  readonly #other: OtherSchema | null;
  /** Of each response, by the event that began it. */
  readonly #sources = new Map<number, SchemaSources>();
  readonly #plans = new Map<JsonObject, Plan>();
  /** By lane: null for one without a schema. */
  readonly #checks: (LaneCheck | null | undefined)[] = [];
  readonly #own: LaneCheck[] = [];
  #scheduled: ReturnType<typeof setTimeout> | null = null;
  #version = $state(0);
  #invalid = $state.raw<readonly InvalidEvent[]>([]);

  /** @param other judges the outputs of the last response, once all of it is there */
  constructor(view: Checked, validate: Validate, other: OtherSchema | null = null) {
    this.#view = view;
    this.#validate = validate;
    this.#other = other;
  }

  /** The check of a lane, null where no schema was asked for. Reactive: it may have got further. */
  of(lane: number): LaneCheck | null {
    void this.#version;
    return this.#checks[lane] ?? null;
  }

  /** The events from which on outputs are invalid, ascending. Reactive. */
  get invalid(): readonly InvalidEvent[] {
    return this.#invalid;
  }
  invalidAt(seq: number): string {
    return this.#invalid.find((one) => one.seq === seq)?.text ?? '';
  }

  /** What the output text of the response that an event belongs to was asked to be. */
  formatAt(seq: number): SchemaSource | null {
    return seq < 0 ? null : this.#sourcesAt(seq).format;
  }

  /** Checks what has come in. To be called when the capture has grown or ended. */
  update(): void {
    if (this.#scheduled === null) this.#slice();
  }

  stop(): void {
    if (this.#scheduled !== null) clearTimeout(this.#scheduled);
    this.#scheduled = null;
  }

  #slice(): void {
    const until = performance.now() + SLICE_MS;
    this.#find();
    let isChanged = false;
    for (const one of this.#own) {
      if (this.#view.ended) one.end();
      if (one.isRead) continue;
      isChanged = true;
      // The lane's own document grows when somebody asks for it; no pane need show it.
      this.#view.documents.of(one.lane);
      if (one.readOn(until)) continue;
      this.#scheduled = setTimeout(() => {
        this.#scheduled = null;
        this.#slice();
      });
      break;
    }
    if (isChanged) {
      this.#version++;
      this.#tellInvalid();
    }
    if (this.#scheduled === null)
      this.#view.setJudged(
        this.#view.index.count,
        this.#invalid.map(({ seq }) => seq),
      );
    if (this.#view.ended && this.#scheduled === null) this.#judgeWhole();
  }

  /** Finds out which lanes have a schema: of each once it has begun. */
  #find(): void {
    const { lanes } = this.#view.index;
    // Which outputs another schema is for shows once all are there.
    if (this.#other && !this.#view.ended) return;
    const judged = this.#other && this.#judgedBy(this.#other);
    for (let lane = this.#checks.length; lane < lanes.length; lane++) this.#checks.push(undefined);
    lanes.forEach(({ kind, text }, lane) => {
      if (this.#checks[lane] !== undefined || text.trimStart() === '') return;
      const isOutput = kind === 'output_text' || kind === 'function_arguments';
      let source = isOutput && !judged ? this.#sourceOf(lane) : null;
      if (judged?.includes(lane)) source = this.#other!.source;
      if (!source) {
        this.#checks[lane] = null;
        return;
      }
      let plan = this.#plans.get(source.schema);
      if (!plan) this.#plans.set(source.schema, (plan = planOf(source.schema)));
      const document = this.#view.documents.of(lane);
      const check = new LaneCheck(this.#view.index, lane, source, plan, document);
      this.#checks[lane] = check;
      this.#own.push(check);
    });
  }

  #sourceOf(lane: number): SchemaSource | null {
    const { kind, firstSeq } = this.#view.index.lanes[lane]!;
    const sources = this.#sourcesAt(firstSeq);
    if (kind === 'output_text') return sources.format;
    return sources.parametersOf(this.#functionOf(lane));
  }
  #functionOf(lane: number): string {
    const { index } = this.#view;
    const own = index.lanes[lane]!;
    return functionOf(index.dialect, this.#view.snapshotAt(own.firstSeq), own);
  }
  #judgedBy({ about }: OtherSchema): number[] {
    const { index } = this.#view;
    if (index.count === 0) return [];
    const among = index.lanesAt(index.count - 1);
    return judgedLanes(index.lanes, among, about, (lane) => this.#functionOf(lane));
  }

  #sourcesAt(seq: number): SchemaSources {
    const start = this.#view.index.responseStart(seq);
    let sources = this.#sources.get(start);
    if (!sources) {
      const { value } = this.#view.event(start);
      const response = isObject(value) ? value.response : undefined;
      sources = new SchemaSources(this.#view.meta.request?.body ?? null, response);
      this.#sources.set(start, sources);
    }
    return sources;
  }

  #tellInvalid(): void {
    const found: InvalidEvent[] = [];
    for (const { check, invalidSeq, source } of this.#own) {
      if (invalidSeq === null) continue;
      const { node, message } = check.at(check.invalidFrom).errors[0]!;
      const place = check.document.pointerOf(node) || 'the root';
      found.push({
        seq: invalidSeq,
        text: `Invalid by ${source.name} from here on: ${place} ${message}`,
      });
    }
    if (found.length !== this.#invalid.length) this.#invalid = found.sort((a, b) => a.seq - b.seq);
  }

  #judgeWhole(): void {
    for (const one of this.#own) {
      const { check } = one;
      if (one.isAsked || check.document.at(check.length).state !== 'complete') continue;
      one.isAsked = true;
      const { text } = this.#view.index.lanes[one.lane]!;
      this.#validate({ schema: JSON.stringify(one.source.schema), text })
        .then(
          (whole) => (one.whole = whole),
          (error: unknown) =>
            (one.whole = { refused: error instanceof Error ? error.message : String(error) }),
        )
        .finally(() => this.#version++);
    }
  }
}
