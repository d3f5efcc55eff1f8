import { posix } from 'node:path';
import { Marked, type Token, type Tokens } from 'marked';

/** A page as read, with what links may lead to. */
export interface Page {
  /** In the repository, such as docs/run.md. */
  path: string;
  title: string;
  html: string;
  /** Words for the search. */
  text: string;
  /** Ids of its headings. */
  anchors: ReadonlySet<string>;
  /** Where its links lead within the repository, and from which words. */
  links: readonly { to: string; anchor: string }[];
}

/** Where a file of the repository is in the site. */
export function placeOf(path: string): string {
  if (path === 'README.md') return 'index.html';
  if (path.endsWith('.md')) return path.replace(/md$/, 'html');
  // A browser shows what it knows, and of everything else the text.
  return /\.(png|svg)$/.test(path) ? path : `${path}.txt`;
}

/** @param path of the page, from which its relative links are */
export function renderPage(path: string, markdown: string): Page {
  const links: { to: string; anchor: string }[] = [];
  const anchors = new Set<string>();
  const words: string[] = [];
  const local = (href: string): string => {
    if (/^[a-z]+:/.test(href)) return href;
    const [file = '', anchor = ''] = href.split('#');
    const to = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
    links.push({ to, anchor });
    const place = posix.relative(posix.dirname(placeOf(path)), placeOf(to));
    return anchor === '' ? place : `${place}#${anchor}`;
  };
  const marked = new Marked({
    walkTokens(token: Token) {
      if (token.type === 'link' || token.type === 'image') token.href = local(token.href);
      // What has tokens of its own is told by these.
      if (token.type === 'codespan' || (token.type === 'text' && !token.tokens)) words.push(token.text);
    },
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading): string {
        const id = anchorOf(text, anchors);
        anchors.add(id);
        return `<h${depth} id="${id}"><a href="#${id}">${this.parser.parseInline(tokens)}</a></h${depth}>\n`;
      },
      table(token: Tokens.Table): string {
        const cell = (one: Tokens.TableCell, tag: string) =>
          `<${tag}>${this.parser.parseInline(one.tokens)}</${tag}>`;
        const row = (cells: Tokens.TableCell[], tag: string) =>
          `<tr>${cells.map((one) => cell(one, tag)).join('')}</tr>`;
        const rows = token.rows.map((cells) => row(cells, 'td')).join('\n');
        return `<div class="wide"><table><thead>${row(token.header, 'th')}</thead><tbody>${rows}</tbody></table></div>\n`;
      },
    },
  });
  const html = marked.parse(markdown, { async: false });
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? path;
  return { path, title, html, text: words.join(' '), anchors, links };
}

/** As GitHub makes them, so that a link is right in both places. */
function anchorOf(heading: string, taken: ReadonlySet<string>): string {
  const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  const id = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
  for (let number = 0; ; number += 1) {
    const one = number === 0 ? id : `${id}-${number}`;
    if (!taken.has(one)) return one;
  }
}
