/** What acts where it is shown, in each place that shows foreign text. One corpus for all: dev/sinks. */
export const hostileTexts: readonly string[] = [
  // Terminals: escape codes, titles, links, the bell, a carriage return that writes over.
  '\u001b[2J\u001b[31mred\u001b]0;owned\u0007\u009b31m\u001b]8;;https://evil.test\u001b\\link\r\b',
  // Direction, and what is not seen.
  '\u202egnp.exe\u2066\u200f\u200b\ufeff\u2028\ud800',
  'a\u{e0048}\u{e0049}b\u00adc\u180ed\u206ae\u3164f',
  // Pages.
  '</script><script>window.hit=1</script><img src=x onerror="window.hit=1">\'"`\u0024{}]]>-->',
  'javascript:window.hit=1//',
  // Markdown.
  '\n# forged\n`` ![x](https://evil.test/x) [a](javascript:alert(1)) <img src=x> | @everyone `',
  // Spreadsheets.
  ...['=HYPERLINK("https://evil.test";"a")', '+1+1', '-1', '@SUM(A1)', '\t=1+1', '\r=1+1', '"\r\n=1+1,"'],
  // Workflow commands.
  'a%0A\r\n::error::forged\n::add-mask::b,title=c::\n::set-output name=x::y\n##[command]z',
  // Names of files.
  ...[
    '..',
    '../../etc/passwd',
    '..\\..\\x',
    '/absolute',
    'con',
    'a\u0000b',
    '.hidden',
    '-rf',
    'n'.repeat(400),
  ],
  // XML and URIs.
  '&lt;&#0;&xxe;<!DOCTYPE a [<!ENTITY b "c">]>\u0001\ufffe',
  'file:///etc/passwd?a#b',
];
