import type { RedactionClass } from './options.ts';
import { isSecretMember, isSecretName } from './secret-names.ts';

/** Where a name stands. A response's own members are told from a request's, whose names people choose. */
export type NamedIn = 'request header' | 'response header' | 'request body' | 'event' | 'text';

/** Names that say nothing but what class their value is of, also in texts that a model wrote. */
const PLAIN: readonly (readonly [RedactionClass, RegExp])[] = [
  [
    'organisation',
    /^(org|organi[sz]ation|project|workspace|tenant|account|subscription|team|billingaccount)(id|uuid|number)$/,
  ],
  ['user', /^(enduser|user|customer|device|anonymous)(id|uuid|hash)$|^(safetyidentifier|enduser)$/],
];
/** Those that are told only where a protocol has its own members, or in headers. */
const OWN: readonly (readonly [RedactionClass, RegExp])[] = [
  ...PLAIN,
  ['organisation', /(organi[sz]ation|project)(id)?$|^(org|xgooguserproject|accountid)$/],
  ['user', /^(user|username|useremail|promptcachekey)$/],
];
const HEADERS: readonly (readonly [RedactionClass, RegExp])[] = [
  ['organisation', /(organi[sz]ation|project|workspace|tenant|account|subscription|team)(id)?$/],
  [
    'user',
    /^(from|forwarded)$|(forwardedfor|realip|clientip|connectingip|user|userid|useremail|enduser|enduserid)$/,
  ],
];
/** As answers and texts name secrets: `token` is a word there, and `key` a part of many. */
const SECRET =
  /^(proxy)?authorization$|apikey$|(access|refresh|id|auth|session|bearer|security|api)token$|secret(key)?$|^(set)?cookie2?$|passw(or)?d$|passphrase$|credentials?$|privatekey$|accesskey(id)?$|^(jwt|bearer)$/;

const known = new Map<NamedIn, Map<string, RedactionClass | null>>();
const MOST_KNOWN = 10_000;

/** The class of a value by the name of its header or member; null for one that tells nothing. */
export function classOfName(name: string, where: NamedIn): RedactionClass | null {
  let names = known.get(where);
  if (!names) known.set(where, (names = new Map()));
  const found = names.get(name);
  if (found !== undefined) return found;
  const told = name.length > 200 ? null : classOf(name, where);
  // Names are few; what is not, is no name.
  if (names.size >= MOST_KNOWN) names.clear();
  names.set(name, told);
  return told;
}

function classOf(name: string, where: NamedIn): RedactionClass | null {
  const bare = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (where === 'request header' && isSecretName(name)) return 'secret';
  if (where === 'request body' && isSecretMember(name)) return 'secret';
  if (SECRET.test(bare)) return 'secret';
  const rules = where === 'text' ? PLAIN : where.endsWith('header') ? HEADERS : OWN;
  return rules.find(([, test]) => test.test(bare))?.[0] ?? null;
}
