import type { Fault } from '../../src-core/faults/fault-list.ts';

/** Outages as they happen: each is a list to begin with. */
export const FAULT_PRESETS: readonly { name: string; faults: readonly Fault[] }[] = [
  {
    name: 'Rate limited twice, then fine',
    faults: [{ kind: 'status', status: 429, retryAfter: 1, onRequests: '1..2' }],
  },
  {
    name: 'Overloaded now and then',
    faults: [
      { kind: 'status', status: 503, chance: 0.3 },
      { kind: 'error', at: '30%', message: 'Overloaded', code: 'overloaded_error', chance: 0.1 },
    ],
  },
  {
    name: 'Connection lost in mid-answer',
    faults: [{ kind: 'cut-event', at: '60%', where: 'within', ending: 'rst' }],
  },
  {
    name: 'Silence that never ends',
    faults: [{ kind: 'stall', at: '50%', ms: 'forever' }],
  },
  {
    name: 'Proxy that buffers',
    faults: [{ kind: 'head', ms: 1000 }, { kind: 'burst' }, { kind: 'gzip', flush: 'end' }],
  },
  {
    name: 'Slow network',
    faults: [
      { kind: 'head', ms: 2500 },
      { kind: 'drip', bytes: 24, ms: 20 },
      { kind: 'split-characters' },
    ],
  },
  {
    name: 'Another line of servers',
    faults: [
      { kind: 'bom' },
      { kind: 'line-ends', to: 'crlf' },
      { kind: 'comment', at: '0..', text: ' keep-alive' },
      { kind: 'chunks', bytes: 1 },
    ],
  },
  {
    name: 'Events lost and out of order',
    faults: [
      { kind: 'drop', at: '40%' },
      { kind: 'duplicate', at: '50%' },
      { kind: 'late', at: '60%', by: 2 },
    ],
  },
  {
    name: 'Failed by the server',
    faults: [{ kind: 'fail', at: '50%', code: 'server_error' }],
  },
  {
    name: 'Gateway down',
    faults: [{ kind: 'status', status: 502, body: 'html' }],
  },
];
