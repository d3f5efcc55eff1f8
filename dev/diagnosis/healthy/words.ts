import { type Drawn, dimensions } from './index.js';

/** What the healthy sites are, as a paragraph and a table of Markdown. */
export function healthyInWords({ healthy, refused }: Drawn): string[] {
  if (healthy.length === 0) return [];
  const counts = new Map<string, number>();
  for (const name of healthy.flatMap(({ traits }) => traits)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const each = healthy.reduce((sum, { traits }) => sum + traits.length, 0) / healthy.length;
  const unlike = refused.filter(({ why }) => why === 'cannot be').length;
  return [
    `The ${healthy.length} healthy sites are drawn with the seed, each with one trait, or none, of each row below: ${each.toFixed(1)} on average, and no two have the same. Each was proved to work by the walk through its devices before it counted; of ${healthy.length + refused.length} that were drawn ${refused.length - unlike} were not, and ${unlike} could not be put together.`,
    '',
    '| healthy sites differ in | how, and in how many of them |',
    '|---|---|',
    ...dimensions.map(
      ({ name, traits }) =>
        `| ${name} | ${traits.map((one) => `${one.name} ${counts.get(`${name}: ${one.name}`) ?? 0}`).join(', ')} |`,
    ),
    '',
  ];
}
