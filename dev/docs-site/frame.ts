import { posix } from 'node:path';
import { order } from './order.js';
import { type Page, placeOf } from './render.js';

const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606c; --line: #d8dde3; --paper: #fff; --panel: #f5f7f9; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7eaee; --soft: #a6b0bc; --line: #39414b; --paper: #15191e; --panel: #1d232a; --link: #8ec5ff; } }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 270px minmax(0, 1fr); background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, "Segoe UI", Roboto, Arial, sans-serif; }
nav { background: var(--panel); border-right: 1px solid var(--line); padding: 22px; min-height: 100vh; font-size: 14.5px; }
nav h2 { font-size: 12.5px; color: var(--soft); margin: 22px 0 4px; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 4px 0; color: inherit; text-decoration: none; }
nav li a:hover, nav li a[aria-current] { color: var(--link); }
nav li a[aria-current] { font-weight: 600; }
nav label { display: block; font-size: 12.5px; color: var(--soft); }
nav input { width: 100%; font: inherit; padding: 6px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: inherit; }
#found small { display: block; color: var(--soft); overflow-wrap: anywhere; }
main { padding: 30px 40px 80px; max-width: 900px; overflow-wrap: anywhere; }
main h1, main h2, main h3 { line-height: 1.25; }
main :is(h1, h2, h3, h4) a { color: inherit; text-decoration: none; }
a { color: var(--link); }
code { font: 0.88em/1.5 ui-monospace, Menlo, Consolas, monospace; background: var(--panel); padding: 1px 4px; border-radius: 4px; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; overflow-x: auto; }
pre code { background: none; padding: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14.5px; }
th, td { border-bottom: 1px solid var(--line); padding: 7px 14px 7px 0; text-align: left; vertical-align: top; overflow-wrap: normal; }
img { max-width: 100%; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
#to-pages { display: none; }
@media (max-width: 760px) { body { display: flex; flex-direction: column; } #to-pages { display: block; padding: 8px 0; } nav { order: 2; min-height: 0; border: 0; border-top: 1px solid var(--line); } main { padding: 18px 16px 60px; } nav li a { padding: 7px 0; } pre { font-size: 13px; padding: 10px 12px; } }
@media print { nav { display: none; } body { display: block; } }
`;

/** A page of the site around its text. All it loads are its pictures and the list of words for the search. */
export function framed(
  page: Page,
  titles: ReadonlyMap<string, string>,
  reports: readonly { title: string; place: string }[],
): string {
  const here = posix.dirname(placeOf(page.path));
  const to = (place: string) => posix.relative(here, place);
  const group = (heading: string, rows: readonly string[]) => `<h2>${heading}</h2><ul>${rows.join('')}</ul>`;
  const groups = Object.entries(order).map(([heading, paths]) => {
    const rows = paths.map((path) => {
      const current = path === page.path ? ' aria-current="page"' : '';
      return `<li><a href="${to(placeOf(path))}"${current}>${titles.get(path)}</a></li>`;
    });
    return group(heading, rows);
  });
  const made = reports.map(({ title, place }) => `<li><a href="${to(place)}">${title}</a></li>`);
  if (made.length > 0) groups.splice(1, 0, group('Reports of real runs', made));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · connector-lab</title>
<style>${style}</style>
</head>
<body>
<nav id="pages" aria-label="Pages">
<label for="search">Search</label><input id="search" type="search" autocomplete="off">
<ul id="found" role="status"></ul>
${groups.join('\n')}
</nav>
<main>
<a id="to-pages" href="#pages">All pages, and the search</a>
${page.html}</main>
<script>const root = ${JSON.stringify(to('.') === '' ? '.' : to('.'))};</script>
<script src="${to('search.js')}"></script>
</body>
</html>
`;
}

/** The search: all words of all pages in one file, so that it works from disk, too. */
export function searchScript(pages: readonly Page[]): string {
  const index = pages.map(({ path, title, text }) => ({ place: placeOf(path), title, text }));
  return `const pages = ${JSON.stringify(index)};
const field = document.getElementById('search');
const found = document.getElementById('found');
field.addEventListener('input', () => {
  const words = field.value.toLowerCase().split(/\\s+/).filter((word) => word.length > 1);
  found.replaceChildren();
  if (words.length === 0) return;
  const hits = pages.filter(({ title, text }) => {
    const all = (title + ' ' + text).toLowerCase();
    return words.every((word) => all.includes(word));
  });
  for (const { place, title, text } of hits.slice(0, 8)) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = root + '/' + place;
    link.textContent = title;
    const at = Math.max(0, text.toLowerCase().indexOf(words[0]) - 40);
    const around = document.createElement('small');
    around.textContent = '… ' + text.slice(at, at + 110) + ' …';
    link.append(around);
    item.append(link);
    found.append(item);
  }
  if (hits.length === 0) found.textContent = 'Nothing has all of these words.';
});
`;
}
