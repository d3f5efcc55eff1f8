import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ImportPicture, importPictures, notDrawn } from './pictures.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `from->to` of every import between folders: read from the sources here, and not by what drew the picture. */
function imports({ within, folder }: ImportPicture): Set<string> {
  const folderOf = (path: string) => new RegExp(folder).exec(path)?.[0];
  const files = within
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((name) => join(top, name)),
    )
    .filter((path) => /\.tsx?$/.test(path) && !new RegExp(notDrawn).test(path));
  const arrows = files.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/(?:\bfrom|\bimport)[\s(]*'(\.[^']+)'/g)].map(
      ([, name = '']) => [folderOf(path), folderOf(normalize(join(dirname(path), name)))],
    ),
  );
  return new Set(
    arrows.filter(([from, to]) => to !== undefined && from !== to).map((ends) => ends.join('->')),
  );
}

const unescaped = (text: string) => text.replaceAll('&#45;', '-').replaceAll('&gt;', '>');

describe.each(importPictures)('the picture $path', (picture) => {
  const svg = readFileSync(join(root, picture.path), 'utf8');
  const drawn = [...svg.matchAll(/<title>([^<]*&gt;[^<]*)<\/title>/g)].map(([, title = '']) =>
    unescaped(title),
  );

  it('has the arrows that the imports are today (npx tsx dev/draw-imports.ts draws it anew)', () => {
    expect(drawn.toSorted()).toEqual([...imports(picture)].toSorted());
    expect(drawn.length).toBeGreaterThan(10);
  });

  it('has no arrow upwards, so that it has no circle either', () => {
    const heights = new Map(
      [...svg.matchAll(/class="node">\s*<title>([^<]*)<\/title>[\s\S]*?<text [^>]* y="(-?[\d.]+)"/g)].map(
        ([, title = '', y]) => [unescaped(title), Number(y)],
      ),
    );
    const height = (folder = '') => heights.get(folder) ?? Number.NaN;
    const downwards = (arrow: string) => {
      const [from, to] = arrow.split('->');
      return height(from) < height(to);
    };
    expect(drawn.filter((arrow) => !downwards(arrow))).toEqual([]);
  });
});
