import * as v from 'valibot';

/**
 * Headers that a person sets for a server. Values of names that `isSecretName` finds are kept like keys. `•••` in
 * place of one means the value that is kept already.
 */
export const HeaderList = v.pipe(
  v.array(
    v.tuple([
      v.pipe(v.string(), v.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/)),
      v.pipe(v.string(), v.maxLength(8000), v.regex(/^[^\r\n\0]*$/)),
    ]),
  ),
  v.maxLength(50),
);
