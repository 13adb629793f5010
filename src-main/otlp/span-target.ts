/** A collector of OpenTelemetry, and how spans are sent to it. */
export interface SpanTarget {
  /** `http` or `https`; one without a path gets `/v1/traces`, as OTLP/HTTP has it. */
  url: string;
  /** Sent with every request, secrets included. */
  headers: [name: string, value: string][];
  protocol: OtlpProtocol;
  /** `service.name` of the resource. */
  serviceName: string;
  /** In which all of a batch has to be done, attempts included. */
  timeoutMs: number;
}

/** The forms of OTLP/HTTP: protobuf is what every collector takes. */
export const OTLP_PROTOCOLS = ['protobuf', 'json'] as const;
export type OtlpProtocol = (typeof OTLP_PROTOCOLS)[number];

export const DEFAULT_SERVICE_NAME = 'deltascope';
export const DEFAULT_TIMEOUT_MS = 10_000;

/** What came of sending. */
export interface SentSpans {
  /** Spans that the collector took. */
  sent: number;
  /** Spans that it refused while it took others. */
  rejected: number;
  /** What it had to say about them, as sentences. */
  notes: string[];
  /** Where they went, with its path. */
  url: string;
}

/** The address that requests go to. @throws TypeError where it is no URL */
export function tracesUrl(address: string): URL {
  const url = new URL(address.trim());
  if (url.pathname === '/' || url.pathname === '') url.pathname = '/v1/traces';
  return url;
}

/**
 * The headers that the environment has for a collector: `OTEL_EXPORTER_OTLP_HEADERS`, and
 * `OTEL_EXPORTER_OTLP_TRACES_HEADERS`, which wins. Pairs `name=value` between commas, values
 * percent-encoded, as the specification of OTLP's exporters has them.
 */
export function headersOfEnvironment(env: NodeJS.ProcessEnv): [name: string, value: string][] {
  const found = new Map<string, string>();
  for (const name of ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS']) {
    for (const pair of (env[name] ?? '').split(',')) {
      const at = pair.indexOf('=');
      if (at <= 0) continue;
      const value = pair.slice(at + 1).trim();
      try {
        found.set(pair.slice(0, at).trim().toLowerCase(), decodeURIComponent(value));
      } catch {
        found.set(pair.slice(0, at).trim().toLowerCase(), value);
      }
    }
  }
  return [...found];
}
