import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));

interface Citation {
  from: string;
  cited: string;
}

/** Comments, with lines of one comment joined: a citation may be broken at a space. */
function commentsOf(path: string): string {
  const mark = /\.ya?ml$/.test(path) ? /(?:^|\s)#\s?(.*)$/ : /(?:^\s*(?:\/\*\*?|\*\/?)|(?:^|\s)\/\/)\s?(.*)$/;
  return text(path)
    .split('\n')
    .map((line) => mark.exec(line)?.[1]?.trim() ?? '\n')
    .join(' ');
}

const commented = files.filter((path) => /\.([cm]?[jt]sx?|ya?ml)$/.test(path) && !/^package-lock/.test(path));
const comments = commented.map((path) => ({ path, comment: commentsOf(path) }));
const citations = (pattern: RegExp): Citation[] =>
  comments.flatMap(({ path: from, comment }) =>
    [...comment.matchAll(pattern)].map(([, cited = '']) => ({ from, cited })),
  );
const unknown = (cited: readonly Citation[], known: (citation: Citation) => boolean) =>
  cited.filter((one) => !known(one)).map(({ from, cited }) => `${from}: ${cited}`);

const facts = text('docs/sources/connector-facts.md');
const sections = new Set([...facts.matchAll(/^#{2,3} (\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number));
const customers = text('docs/sources/customers.md');
const problems = new Map(
  [...customers.matchAll(/^\| (P\d+) \|(.*)$/gm)].map(([, id = '', row = '']) => [id, row]),
);
/** A `P1` in a comment, other than the licence of that name. */
const problem = /(?<!Premium )\b(P[1-9]\d?)\b/g;

describe('what comments cite', () => {
  it('is a section of the facts', () => {
    const cited = citations(/connector-facts,? (\S+?)[),.;:]*(?=\s|$)/g);
    expect(cited.length).toBeGreaterThan(40);
    expect(unknown(cited, ({ cited: section }) => sections.has(section))).toEqual([]);
  });

  it("is a customer's problem in the list, which leads back to the file where it is a scenario or a site", () => {
    const cited = citations(problem);
    expect(cited.length).toBeGreaterThan(20);
    const listed = ({ from, cited: id }: Citation) =>
      problems.has(id) &&
      (!from.startsWith('scenarios/') || problems.get(id)?.includes(`/${from})`) === true);
    expect(unknown(cited, listed)).toEqual([]);
  });

  it('is a page or picture that is there', () => {
    const cited = citations(/(?<![\w/.-])(docs\/[\w./-]*\w)/g);
    expect(unknown(cited, ({ cited: path }) => existsSync(join(root, path)))).toEqual([]);
  });

  it('never lies outside the repository', () => {
    const outside = [/(?:\.\.\/)+shared\//, /\/work\//];
    const pages = files.filter((path) => /\.md$/.test(path));
    const texts = [...comments, ...pages.map((path) => ({ path, comment: text(path) }))];
    expect(
      texts
        .filter(
          ({ path, comment }) =>
            path !== 'docs/citations.test.ts' && outside.some((one) => one.test(comment)),
        )
        .map(({ path }) => path),
    ).toEqual([]);
  });
});

describe('pages', () => {
  it('link to files that are there', () => {
    const links = files
      .filter((path) => path.endsWith('.md'))
      .flatMap((from) =>
        [...text(from).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, cited = '']) => ({
          from,
          cited,
        })),
      );
    expect(links.length).toBeGreaterThan(30);
    expect(unknown(links, ({ from, cited }) => existsSync(join(root, dirname(from), cited)))).toEqual([]);
  });

  it('name files that are there', () => {
    const named = files
      .filter((path) => path.startsWith('docs/') && path.endsWith('.md'))
      .flatMap((from) =>
        [
          ...text(from).matchAll(/`((?:model|mocks|harness|docker|reports|scenarios|dev|docs)\/[\w./-]+)`/g),
        ].map(([, cited = '']) => ({ from, cited })),
      );
    expect(named.length).toBeGreaterThan(20);
    // Sources cite other people's repositories.
    const ours = named.filter(({ from }) => !from.startsWith('docs/sources/'));
    expect(unknown(ours, ({ cited }) => existsSync(join(root, cited)))).toEqual([]);
  });

  it('list every problem of customers once', () => {
    expect([...problems.keys()]).toEqual(Array.from({ length: 30 }, (_, index) => `P${index + 1}`));
    expect([...customers.matchAll(/^\| P\d+ \|/gm)]).toHaveLength(problems.size);
  });
});
