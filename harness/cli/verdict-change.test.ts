import { expect, it } from 'vitest';
import { completeSite } from '../../model/site/complete.js';
import { verdictChange, verdictOf } from './verdict-change.js';

it('what an inspector reads and lets pass is not called closed', () => {
  const before = verdictOf(completeSite({ site: 'Before' }));
  const inspection = { authority: 'Inspection CA', 'trusted-by-server': true, except: ['*.msappproxy.net'] };
  const lines = verdictChange(before, verdictOf(completeSite({ site: 'After', inspection })));
  expect(lines).toEqual([
    expect.stringMatching(/^ {2}read {4}\*\.servicebus\.windows\.net:443 to app-proxy-01, .+ is inspected/),
    '  Nothing is closed.',
  ]);
});
