import { XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { documentedHosts } from '../../model/requirements/documented-hosts.js';
import { effectOf } from '../../model/verdict/ablation.js';
import { ablationInWords, ablationPicture } from './ablation.js';

const [first, second] = documentedHosts('public').map((row, at) =>
  effectOf(row, [
    { operation: at === 0 ? 'register' : 'listen', result: 'tcp-drop', server: 's', events: [] },
    { operation: 'deliver', result: 'not-attempted', server: 's', events: [] },
  ]),
);
if (!first || !second) throw new Error('the page has no rows');
const ablation = { effects: [first, second], pairs: 1, hidden: [{ row: second.row, by: first.row }] };

it('has a line for each row, with what fails first', () => {
  const words = ablationInWords(ablation);
  expect(words).toContain('*.msappproxy.net:443          . . X . . - . . . .  register');
  expect(words).toContain('*.servicebus.windows.net:443  . . . . X - . . . .  listen');
  expect(words).toContain('*.msappproxy.net:443 hides every other row');
});

it('says where none is hidden', () => {
  expect(ablationInWords({ ...ablation, hidden: [] })).toContain(
    'None of 1 pairs of rows hides one of the two',
  );
});

it('draws a box for every operation of every row', () => {
  const picture = ablationPicture(ablation);
  expect(XMLValidator.validate(picture)).toBe(true);
  expect(picture).toContain('<title>*.servicebus.windows.net:443, listen: fails first</title>');
  expect(picture.match(/<title>/g)).toHaveLength(1 + 2 * 10);
});
