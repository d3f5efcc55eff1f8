import fc from 'fast-check';

/** What parsers of text stumble over: openings without ends, other alphabets, what acts elsewhere. */
const pieces = [
  ...[
    '',
    ' ',
    '\n',
    '\t',
    '\r\n',
    ':',
    '-',
    '- ',
    '? ',
    '&a ',
    '*a',
    '!!binary ',
    '!x ',
    '<<: *a',
    '---\n',
    '...\n',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '\\',
    '|',
    '>',
    '#',
    ',',
    ';',
    '=',
    '%',
    '@',
    '`',
    '$(',
    '${',
    '(',
    ')',
    '/*',
    '*/',
  ],
  ...[
    'null',
    'true',
    '1e999',
    '-0',
    '0x',
    '__proto__',
    'constructor',
    '\u0000',
    '\u001b[2J',
    '\u202e',
    '\ud800',
    '\ufeff',
  ],
  ...[
    '10.0.0.0/8',
    '999.1.1.1',
    '::/0',
    '*',
    '*.',
    '.*',
    '\\1',
    '(a+)+$',
    'function',
    'return',
    '/'.repeat(9),
  ],
];

/** So often a piece is repeated: more than parsers go down, and less than a megabyte. */
const times = fc.oneof(
  { weight: 6, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.integer({ min: 2, max: 200 }) },
  { weight: 1, arbitrary: fc.constantFrom(5_000, 50_000) },
);

const cut = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  /** How much is taken away, as a share. */
  gone: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.3, noNaN: true })),
  piece: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...pieces) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
    // A part of the text itself, once more.
    { weight: 2, arbitrary: fc.constant(undefined) },
  ),
  times,
});

/** A good text with some pieces taken out, doubled, or put in place of others. */
export function spoiled(good: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ text: fc.constantFrom(...good), cuts: fc.array(cut, { minLength: 1, maxLength: 4 }) })
    .map(({ text, cuts }) => cuts.reduce(spoil, text));
}

function spoil(
  text: string,
  { at, gone, piece, times: count }: typeof cut extends fc.Arbitrary<infer T> ? T : never,
) {
  const begin = Math.floor(at * text.length);
  const end = begin + Math.floor(gone * text.length);
  const put = piece ?? text.slice(begin, begin + 40);
  // Two that multiply would be larger than any file that is read.
  const most = Math.max(1, Math.floor(400_000 / Math.max(1, put.length)));
  return `${text.slice(0, begin)}${put.repeat(Math.min(count, most))}${text.slice(end)}`;
}
