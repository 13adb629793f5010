import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { WireMessage } from './wire.ts';

/** A span as it arrived. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  startNs: bigint;
  endNs: bigint;
  attributes: Record<string, unknown>;
  status: { code: number; message: string };
}

/** A request that a collector got. */
export interface ReceivedRequest {
  path: string;
  headers: IncomingHttpHeaders;
  resource: Record<string, unknown>;
  scope: string;
  spans: ReceivedSpan[];
}

/** What a collector answers; left out: 200 and an empty message. */
export type Answer = (number: number) => {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
} | null;

/**
 * A collector for tests: reads OTLP/HTTP in JSON and in protobuf, the latter by the field numbers of
 * opentelemetry-proto (collector/trace/v1, trace/v1, common/v1).
 */
export function collector(answer: Answer = () => null): {
  server: Server;
  requests: ReceivedRequest[];
} {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      const isJson = request.headers['content-type'] === 'application/json';
      const read = isJson ? readJson(body.toString('utf8')) : readProtobuf(body);
      requests.push({ path: request.url ?? '', headers: request.headers, ...read });
      const said = answer(requests.length);
      response.writeHead(said?.status ?? 200, {
        'content-type': request.headers['content-type'] ?? '',
        ...said?.headers,
      });
      response.end(said?.body ?? (isJson ? '{}' : ''));
    });
  });
  return { server, requests };
}

type Read = Pick<ReceivedRequest, 'resource' | 'scope' | 'spans'>;

function readProtobuf(body: Uint8Array): Read {
  // ExportTraceServiceRequest.resource_spans = 1
  const [resourceSpans] = new WireMessage(body).messages(1);
  const [scopeSpans] = resourceSpans!.messages(2);
  return {
    resource: keyValues(resourceSpans!.messages(1)[0]!, 1),
    scope: scopeSpans!.messages(1)[0]!.text(1),
    spans: scopeSpans!.messages(2).map((span) => {
      const [status] = span.messages(15);
      return {
        traceId: span.hex(1),
        spanId: span.hex(2),
        parentSpanId: span.hex(4),
        name: span.text(5),
        kind: Number(span.number(6)),
        startNs: span.number(7),
        endNs: span.number(8),
        attributes: keyValues(span, 9),
        status: { code: Number(status?.number(3) ?? 0n), message: status?.text(2) ?? '' },
      };
    }),
  };
}

/** KeyValue: key = 1, value = 2. */
function keyValues(message: WireMessage, field: number): Record<string, unknown> {
  return Object.fromEntries(
    message.messages(field).map((pair) => [pair.text(1), anyValue(pair.messages(2)[0]!)]),
  );
}

/** AnyValue: string 1, bool 2, int 3, double 4, array 5. */
function anyValue(value: WireMessage): unknown {
  if (value.has(1)) return value.text(1);
  if (value.has(2)) return value.number(2) === 1n;
  if (value.has(3)) return Number(BigInt.asIntN(64, value.number(3)));
  if (value.has(4)) return new Float64Array(new BigInt64Array([value.number(4)]).buffer)[0];
  if (value.has(5)) return value.messages(5)[0]!.messages(1).map(anyValue);
  throw new Error('an attribute without a value');
}

interface JsonValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: number | string;
  doubleValue?: number;
  arrayValue?: { values: JsonValue[] };
}
interface JsonPair {
  key: string;
  value: JsonValue;
}
interface JsonRequest {
  resourceSpans: {
    resource: { attributes: JsonPair[] };
    scopeSpans: {
      scope: { name: string };
      spans: {
        traceId: string;
        spanId: string;
        parentSpanId?: string;
        name: string;
        kind: number;
        startTimeUnixNano: string;
        endTimeUnixNano: string;
        attributes: JsonPair[];
        status: { code: number; message?: string };
      }[];
    }[];
  }[];
}

function readJson(text: string): Read {
  const { resource, scopeSpans } = (JSON.parse(text) as JsonRequest).resourceSpans[0]!;
  return {
    resource: jsonPairs(resource.attributes),
    scope: scopeSpans[0]!.scope.name,
    spans: scopeSpans[0]!.spans.map((span) => ({
      traceId: span.traceId,
      spanId: span.spanId,
      parentSpanId: span.parentSpanId ?? '',
      name: span.name,
      kind: span.kind,
      startNs: BigInt(span.startTimeUnixNano),
      endNs: BigInt(span.endTimeUnixNano),
      attributes: jsonPairs(span.attributes),
      status: { code: span.status.code, message: span.status.message ?? '' },
    })),
  };
}

function jsonPairs(pairs: JsonPair[]): Record<string, unknown> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, jsonValue(value)]));
}

function jsonValue({
  stringValue,
  boolValue,
  intValue,
  doubleValue,
  arrayValue,
}: JsonValue): unknown {
  if (arrayValue) return arrayValue.values.map(jsonValue);
  return stringValue ?? boolValue ?? doubleValue ?? Number(intValue);
}
