/** The Python type of a format, and the module that it is from. */
export const PYTHON_FORMATS: Readonly<
  Record<string, { type: string; module: string } | undefined>
> = {
  'date-time': { type: 'datetime.datetime', module: 'datetime' },
  date: { type: 'datetime.date', module: 'datetime' },
  time: { type: 'datetime.time', module: 'datetime' },
  duration: { type: 'datetime.timedelta', module: 'datetime' },
  uuid: { type: 'uuid.UUID', module: 'uuid' },
  ipv4: { type: 'ipaddress.IPv4Address', module: 'ipaddress' },
  ipv6: { type: 'ipaddress.IPv6Address', module: 'ipaddress' },
};

/** Whether Pydantic can compile a pattern: its engine has no look-around and no back references. */
export function isRustPattern(pattern: string): boolean {
  return !/\(\?(?:[=!]|<[=!])|\\[1-9]|\\k</.test(pattern);
}

const KEYWORDS =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield';
/** What a field would hide from the annotations of its class. */
const BUILT_IN =
  'list dict str int float bool tuple Any Annotated Literal Field BaseModel ConfigDict RootModel TypeAliasType datetime uuid ipaddress';
/** Names that a Pydantic model has itself. */
const MODEL = 'copy json schema validate construct parse_obj parse_raw parse_file from_orm';
const RESERVED = new Set(`${KEYWORDS} ${BUILT_IN} ${MODEL}`.split(' '));

/** Names that no class may take. */
export const RESERVED_CLASSES: readonly string[] = [...RESERVED];

/**
 * The field of a JSON key: the key itself where Python and Pydantic let a field have that name. Others
 * are made one, and need an alias.
 */
export function fieldName(key: string): string {
  const name = key.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+/, '');
  const legal = /^[A-Za-z]/.test(name) ? name : `field_${name}`;
  return RESERVED.has(legal) || legal.startsWith('model_') ? `${legal}_` : legal;
}

/** A Python literal. JSON's escapes are all Python's. */
export function pythonString(text: string): string {
  return JSON.stringify(text);
}

export function docstring(text: string, indent: string): string {
  const safe = text
    .replaceAll('\\', '\\\\')
    .replace(/"(?="|$)/g, '\\"')
    // eslint-disable-next-line no-control-regex
    .replace(/[\0-\x08\x0b-\x1f]/g, ' ');
  const lines = safe.split('\n').map((line) => line.trimEnd());
  if (lines.length === 1) return `${indent}"""${lines[0]!}"""`;
  const body = lines.map((line) => (line ? indent + line : '')).join('\n');
  return `${indent}"""\n${body}\n${indent}"""`;
}
