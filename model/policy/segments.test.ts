import { describe, expect, it } from 'vitest';
import { type PrivateAccess, privateAccessSchema } from '../site/private-access.js';
import { ownerOf, ownersOf, segmentCovers } from './segments.js';

const access: PrivateAccess = privateAccessSchema.parse({
  'quick-access': { segments: [{ to: '*.contoso.test', ports: '1-1000' }], users: ['megan'] },
  applications: [
    { name: 'Files', group: 'Branch', segments: [{ to: 'files.contoso.test', ports: [445, '8000-8010'] }] },
    {
      name: 'Printers',
      segments: [
        { to: '10.1.0.0/16', ports: 631 },
        { to: 'printer.contoso.test', ports: 9100 },
      ],
    },
  ],
});

describe('who owns a connection', () => {
  it.each([
    ['files.contoso.test', 445, 'Files'],
    ['files.contoso.test', 8000, 'Files'],
    ['files.contoso.test', 8010, 'Files'],
    // Neither in its ports nor in those of Quick Access.
    ['files.contoso.test', 8011, undefined],
    ['files.contoso.test', 80, 'Quick Access'],
    ['files.contoso.test', 1, 'Quick Access'],
    ['a.b.contoso.test', 1000, 'Quick Access'],
    ['a.b.contoso.test', 1001, undefined],
    ['contoso.test', 80, undefined],
    ['10.1.2.3', 631, 'Printers'],
    ['10.2.2.3', 631, undefined],
    ['printer.contoso.test', 9100, 'Printers'],
    // Names are compared with names.
    ['printer.contoso.example', 631, undefined],
  ])('%s port %i: %s', (host, port, owner) => {
    expect(ownerOf(access, host, port)?.name).toBe(owner);
  });

  it('of Quick Access are its own users and group', () => {
    expect(ownersOf(access).at(-1)).toMatchObject({
      name: 'Quick Access',
      group: 'Default',
      users: ['megan'],
    });
    expect(ownersOf(access)[0]).toMatchObject({ name: 'Files', group: 'Branch', users: [] });
  });
});

it('a segment leads to a port that lies in any of its ranges', () => {
  const segment = { to: 'a.test', ports: [80, '90-99'] };
  expect([79, 80, 81, 89, 90, 99, 100].filter((port) => segmentCovers(segment, 'a.test', port))).toEqual([
    80, 90, 99,
  ]);
});
