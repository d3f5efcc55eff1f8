/** A piece of HTML that is safe to put into a page. Only this module makes it. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = Html | string | number | undefined | false | readonly Value[];

/** Captured text beyond this is cut: events.jsonl has it all. Characters. */
const longest = 4000;

/** HTML in which every value is data: escaped, unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(strings.reduce((text, string, index) => text + render(values[index - 1]) + string));
}

/** HTML that is ours to the last character, such as a style sheet. */
export function verbatim(text: string): Html {
  return new Html(text);
}

/** A name that may break at its dots and slashes, and there rather than elsewhere. */
export function breakable(text: string): Html {
  return new Html(escapeHtml(text).replace(/(?<!\*)[./?=](?=[a-z*])/gi, '$&<wbr>'));
}

function render(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(render).join('');
  return escapeHtml(String(value));
}

/**
 * Control characters, halves of surrogate pairs, and characters that turn the direction of the text
 * around them are shown as replacement characters: nothing captured may look like something else.
 */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/gu;

function escapeHtml(text: string): string {
  const cut = text.length > longest;
  return `${cut ? text.slice(0, longest) : text}${cut ? ` … (${text.length - longest} more characters)` : ''}`
    .replace(/[\t\n\r]+/g, ' ')
    .replace(unprintable, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
