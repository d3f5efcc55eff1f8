import { expect, it } from 'vitest';
import { parseSite } from './read.js';
import { SiteFileError } from './site-file-error.js';

function problem(text: string): string {
  try {
    parseSite(`site: x\n${text}`, 'site.yaml');
  } catch (error) {
    if (error instanceof SiteFileError) return error.message;
    throw error;
  }
  return 'nothing';
}

it.each([
  [
    'firewall beside firewalls',
    'firewall: { default: drop }\nfirewalls: [{ name: a }]',
    'site.yaml:2:1: firewall: firewalls stands in place of firewall; make this one the first of the list, with a name',
  ],
  [
    'two of one name',
    'firewalls: [{ name: a }, { name: A }]',
    'site.yaml:2:28: firewalls[1].name: a second firewall called "A"',
  ],
  [
    'a list where one firewall stands',
    'firewall: [{ name: a }]',
    'is not one firewall; several, one behind the other, stand in firewalls, each with a name',
  ],
  [
    'learned names where none are learned',
    "firewall: { names-from: sni, other-answers: ['*.a.test'] }",
    'firewall.other-answers: other-answers is about names learned from a resolver, and this firewall has names-from: sni',
  ],
  [
    'a machine that is not there, in an application rule of the second',
    'firewalls: [{ name: a }, { name: b, application-rules: [{ allow: any, from: nobody }] }]',
    'firewalls[1].application-rules[0].from: no machine is called "nobody"',
  ],
  [
    'no address among those that it knows otherwise',
    "firewalls: [{ name: a, other-answers: ['1.2.3'] }]",
    'firewalls[0].other-answers[0]',
  ],
])('%s is told with its place', (_, text, words) => {
  expect(problem(text)).toContain(words);
});
