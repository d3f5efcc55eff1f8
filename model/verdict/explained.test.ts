import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../evidence/event.js';
import { resultsOf } from './results-of.js';
import { attempt, cloud, connection, decision, dns, fault, operation, prerequisite } from './testing.js';

/**
 * Judges how failures are explained. Each way from an attempt to its cause is walked with evidence that
 * is right, and then with evidence that is another's in one field: it must not be taken for the cause.
 */

const edge = { device: 'edge-firewall', rule: 'default drop' } as const;
const nobody = { device: undefined, rule: undefined };
const dropped = decision({ action: 'drop', ...edge });
const failed = attempt({ outcome: 'tcp-drop' });
const unresolved = attempt({ outcome: 'dns-nxdomain', connection: undefined });
const refused = attempt({ outcome: 'http-unauthorized', status: 403 });
const uninstalled = operation({ operation: 'install', outcome: 'refused-by-installer' });
const answer = dns({ outcome: 'dns-nxdomain', rule: 'nxdomain h' });
const lie = dns({ outcome: 'dns-wrong-answer', addresses: ['198.18.64.1'], rule: 'wrong-address h' });
const followed = connection();
const unreachable = decision({ action: 'unreachable', device: 'cloud', rule: 'nothing listens' });
const unmet = prerequisite({ fact: 'os-version', met: false });
const inspected = decision({ action: 'inspect', device: 'inspector', rule: 'inspect *' });
const without = cloud({ clientCertificate: 'missing' });

interface Way {
  right: LabEvent[];
  found: object;
  /** One event is another's: which, and what is found then. */
  wrong: Record<string, [events: LabEvent[], found: object]>;
}

const ways: Record<string, Way> = {
  'a decision about the connection': {
    right: [dropped, failed],
    found: { result: 'tcp-drop', ...edge },
    wrong: {
      connection: [[{ ...dropped, connection: 'c2' }, failed], nobody],
      action: [[{ ...dropped, action: 'allow' }, failed], nobody],
      'a later decision': [
        [dropped, { ...dropped, action: 'reset', device: 'link', rule: 'r' }, failed],
        { device: 'link', rule: 'r' },
      ],
    },
  },
  'a decision about what a proxy opened for it': {
    right: [connection({ connection: 'c2', parent: 'c1' }), { ...dropped, connection: 'c2' }, failed],
    found: edge,
    wrong: {
      parent: [
        [connection({ connection: 'c2', parent: 'c3' }), { ...dropped, connection: 'c2' }, failed],
        nobody,
      ],
      'no parent': [[connection({ connection: 'c2' }), { ...dropped, connection: 'c2' }, failed], nobody],
    },
  },
  'another connection that it names': {
    right: [
      { ...dropped, connection: 'crl' },
      { ...failed, because: 'crl' },
    ],
    found: edge,
    wrong: {
      because: [
        [
          { ...dropped, connection: 'crl' },
          { ...failed, because: 'c3' },
        ],
        nobody,
      ],
      'its own connection': [
        [dropped, { ...dropped, connection: 'crl', rule: 'r' }, { ...failed, because: 'crl' }],
        { rule: 'r' },
      ],
    },
  },
  'the answer of a resolver': {
    right: [answer, unresolved],
    found: { result: 'dns-nxdomain', device: 'resolver', rule: 'nxdomain h' },
    wrong: {
      name: [[{ ...answer, name: 'i' }, unresolved], nobody],
      outcome: [[{ ...answer, outcome: 'dns-timeout' }, unresolved], nobody],
      machine: [[{ ...answer, machine: 't' }, unresolved], nobody],
    },
  },
  'a wrong answer that the connection followed': {
    right: [lie, followed, unreachable, { ...failed, outcome: 'tcp-reject' }],
    found: { result: 'dns-wrong-answer', device: 'resolver', rule: 'wrong-address h' },
    wrong: {
      name: [[{ ...lie, name: 'i' }, followed, failed], nobody],
      machine: [[{ ...lie, machine: 't' }, followed, failed], nobody],
      addresses: [[{ ...lie, addresses: ['198.18.64.2'] }, followed, failed], nobody],
      outcome: [[{ ...lie, outcome: 'ok' }, followed, failed], nobody],
      connection: [[lie, { ...followed, connection: 'c2' }, failed], nobody],
    },
  },
  'a wrong answer, though a device stopped what went there': {
    right: [lie, followed, dropped, failed],
    found: { result: 'dns-wrong-answer', device: 'resolver', rule: 'wrong-address h' },
    wrong: {
      name: [[{ ...lie, name: 'i' }, followed, dropped, failed], edge],
      outcome: [[{ ...lie, outcome: 'ok' }, followed, dropped, failed], edge],
    },
  },
  'a fact of the server': {
    right: [unmet, uninstalled],
    found: { result: 'refused-by-installer', device: 'server', rule: 'os-version' },
    wrong: {
      met: [[{ ...unmet, met: true }, uninstalled], nobody],
      machine: [[{ ...unmet, machine: 't' }, uninstalled], nobody],
    },
  },
  'a fault of the cloud': {
    right: [fault(), failed],
    found: { device: 'cloud', rule: 'throttled' },
    wrong: {
      connection: [[fault({ connection: 'c2' }), failed], nobody],
      'no connection': [[fault({ connection: undefined }), failed], nobody],
      'a device that ended it': [[fault(), dropped, failed], edge],
    },
  },
  'a client certificate that did not arrive': {
    right: [inspected, without, refused],
    found: { result: 'tls-client-certificate-lost', device: 'inspector', rule: 'inspect *' },
    wrong: {
      connection: [[inspected, { ...without, connection: 'c2' }, refused], { result: 'http-unauthorized' }],
      status: [[inspected, { ...without, status: 200 }, refused], { result: 'http-unauthorized' }],
      clientCertificate: [
        [inspected, { ...without, clientCertificate: 'untrusted' }, refused],
        { result: 'http-unauthorized' },
      ],
    },
  },
  'a name that a device read': {
    right: [
      { ...dropped, action: 'reset', byName: true },
      { ...failed, outcome: 'tcp-reset' },
    ],
    found: { result: 'sni-block', ...edge },
    wrong: {
      byName: [
        [
          { ...dropped, action: 'reset', byName: false },
          { ...failed, outcome: 'tcp-reset' },
        ],
        { result: 'tcp-reset' },
      ],
      outcome: [
        [
          { ...dropped, byName: true },
          { ...failed, outcome: 'proxy-403' },
        ],
        { result: 'proxy-403' },
      ],
    },
  },
  'an idle connection that was forgotten': {
    right: [{ ...dropped, action: 'expire' }, failed],
    found: { result: 'idle-timeout' },
    wrong: { action: [[dropped, failed], { result: 'tcp-drop' }] },
  },
};

describe.each(Object.entries(ways))('%s', (_, { right, found, wrong }) => {
  it('is the cause', () => {
    expect(resultsOf(right)[0]).toMatchObject(found);
  });

  it.each(Object.entries(wrong))(
    'is not the cause where it is wrong in one thing: %s',
    (__, [events, other]) => {
      expect({ ...nobody, ...resultsOf(events)[0] }).toMatchObject(other);
    },
  );
});

/** Results that differ in one of these are two, and each must be expected. */
it.each([
  { operation: 'listen' },
  { outcome: 'tcp-reset' },
  { machine: 't' },
  { host: 'i' },
  { port: 80 },
  { connection: 'c2' },
] as const)('a failure that differs in %o is a result of its own', (fields) => {
  const other = { ...dropped, connection: 'c2', rule: 'another' };
  expect(resultsOf([dropped, other, failed, { ...failed, id: 'e2' }])).toHaveLength(1);
  expect(resultsOf([dropped, other, failed, { ...failed, ...fields }])).toHaveLength(2);
});
