import { encodeUtf8 } from '../text.ts';
import type { JsonObject } from '../json.ts';
import { reasonOf, statusBody } from './error-forms.ts';
import { type EditedReply, NotApplied } from './edited-reply.ts';
import type { FaultOf } from './fault-list.ts';

/** Of a stream, headers that say nothing of an answer that is none. */
const OF_THE_STREAM = /^(content-.*|transfer-encoding|cache-control|retry-after|location)$/i;

export function status(reply: EditedReply, fault: FaultOf<'status'>): string {
  const { status, retryAfter, message, body = 'json' } = fault;
  const value: JsonObject = statusBody(reply.dialect, status, message);
  const reason = reasonOf(status);
  const title = `${status} ${reason}`;
  const html = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  const text = { json: JSON.stringify(value), html, empty: '' }[body];
  const type = { json: 'application/json', html: 'text/html', empty: null }[body];
  const after = retryAfter === undefined ? [] : [['retry-after', String(retryAfter)]];
  answer(reply, status, text, [...(type ? [['content-type', type]] : []), ...after] as Headers);
  const wait = retryAfter === undefined ? '' : `, retry-after ${retryAfter}`;
  return `answered ${title}${wait}`;
}

type Headers = [string, string][];

export function redirect(reply: EditedReply, fault: FaultOf<'redirect'>): string {
  const { to, status = 307 } = fault;
  answer(reply, status, '', [['location', to]]);
  return `answered ${status} ${reasonOf(status)}, to ${to}`;
}

/** Another answer in the place of the stream. */
function answer(reply: EditedReply, status: number, text: string, headers: Headers): void {
  reply.status = status;
  reply.statusText = reasonOf(status);
  reply.headers = [...reply.headers.filter(([name]) => !OF_THE_STREAM.test(name)), ...headers];
  reply.replaceBody(text === '' ? [] : [{ bytes: encodeUtf8(text), atUs: 0 }]);
  reply.ending = 'end';
  // Its headers say nothing of a coding.
  reply.gzip = undefined;
  reply.mark('head');
}

export function contentType(reply: EditedReply, { value }: FaultOf<'content-type'>): string {
  return header(reply, { kind: 'header', name: 'content-type', value });
}

/** They say how the bytes travel, which the server that writes them does. */
const OF_THE_CONNECTION =
  /^(content-length|transfer-encoding|connection|keep-alive|upgrade|trailer)$/i;

export function header(reply: EditedReply, { name, value }: FaultOf<'header'>): string {
  if (value !== undefined && OF_THE_CONNECTION.test(name))
    throw new NotApplied(`${name} is made by the server for the bytes that it sends`);
  const isIt = ([one]: [string, string]) => one.toLowerCase() === name.toLowerCase();
  const at = reply.headers.findIndex(isIt);
  if (value === undefined) {
    if (at < 0) throw new NotApplied(`the recording has no header ${name}`);
    reply.headers = reply.headers.filter((header) => !isIt(header));
    reply.mark('head');
    return `took out ${name}`;
  }
  const rest = reply.headers.filter((header) => !isIt(header));
  const before =
    at < 0 ? rest.length : reply.headers.slice(0, at).filter((one) => !isIt(one)).length;
  reply.headers = [...rest.slice(0, before), [name, value], ...rest.slice(before)];
  reply.mark('head');
  return `set ${name}: ${value}`;
}

export function head(reply: EditedReply, { ms }: FaultOf<'head'>): string {
  reply.mark('head');
  if (ms === 'forever') {
    reply.headAtUs = Infinity;
    reply.ending = 'open';
    return 'nothing is ever answered';
  }
  reply.headAtUs += ms * 1000;
  return `the head came ${ms} ms later`;
}

export function gzip(reply: EditedReply, { flush = 'each write' }: FaultOf<'gzip'>): string {
  reply.gzip = flush;
  header(reply, { kind: 'header', name: 'content-encoding', value: 'gzip' });
  return flush === 'end' ? 'compressed, and sent at the end' : 'compressed, write by write';
}
