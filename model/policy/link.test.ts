import { expect, it } from 'vitest';
import { documentedSite } from '../site/documented.js';
import { linkSchema } from '../site/schema.js';
import { decideInbound } from './inbound.js';
import { ipv6Decision, linkDecision, tooBigDecision } from './link.js';

it('a link does what it is set to, and nothing else', () => {
  const slow = linkSchema.parse({ 'round-trip': '40ms', 'idle-timeout': '4m' });
  expect(linkDecision(slow, 'delay')).toEqual({
    ...{ device: 'link', action: 'delay', rule: 'round-trip 40ms' },
    explanation: 'packets take their time on the way',
  });
  expect(linkDecision(slow, 'expire')).toMatchObject({
    ...{ action: 'expire', rule: 'idle-timeout 4m' },
    explanation: 'no traffic for 240 s, so the connection was forgotten',
  });
  expect(linkDecision(slow, 'lose')).toBeUndefined();
  expect(linkDecision(linkSchema.parse({ loss: '1%' }), 'lose')).toMatchObject({ rule: 'loss 1%' });
});

it('a dead way of IPv6 holds connections back, and a narrow line loses large packets', () => {
  expect(ipv6Decision(linkSchema.parse({}), 'a.test')).toBeUndefined();
  expect(ipv6Decision(linkSchema.parse({ ipv6: 'refused' }), 'a.test')).toMatchObject({
    ...{ action: 'delay', rule: 'ipv6 refused' },
    explanation: 'a.test has an address of IPv6, too, which is tried first, and it is refused there',
  });
  expect(tooBigDecision(linkSchema.parse({}))).toBeUndefined();
  expect(tooBigDecision(linkSchema.parse({ mtu: 1400 }))).toMatchObject({ action: 'drop', rule: 'mtu 1400' });
});

it('a link says what it does to a connection that it loses or has no port for, and of IPv6 that nobody answers', () => {
  expect(linkDecision(linkSchema.parse({ loss: '1%' }), 'lose')).toEqual({
    ...{ device: 'link', action: 'lose', rule: 'loss 1%' },
    explanation: 'a packet of it was lost on the way, and had to be sent again',
  });
  expect(linkDecision(linkSchema.parse({ 'nat-ports': 64 }), 'drop')).toEqual({
    ...{ device: 'link', action: 'drop', rule: 'nat-ports 64' },
    explanation: 'as many connections as it has ports (64) go to the same place already',
  });
  expect(ipv6Decision(linkSchema.parse({ ipv6: 'silent' }), 'a.test')).toMatchObject({
    explanation: 'a.test has an address of IPv6, too, which is tried first, and nobody answers there',
  });
});

it('of several firewalls the last that lets nothing in is met, else the last', () => {
  const edge = (...inbound: ('allow' | 'drop')[]) =>
    decideInbound(
      documentedSite({ firewalls: inbound.map((one, at) => ({ name: `f${at}`, inbound: one })) }),
    );
  expect(edge('drop', 'drop', 'allow')).toEqual({
    ...{ device: 'edge-firewall', action: 'drop', rule: 'f1: inbound drop' },
    explanation: 'nothing from outside is let in',
  });
  expect(edge('allow', 'allow')).toEqual({
    ...{ device: 'edge-firewall', action: 'allow', rule: 'f1: inbound allow' },
    explanation: 'packets from outside are let in',
  });
});

it('what comes from outside is let in where the site says so', () => {
  expect(decideInbound(documentedSite())).toMatchObject({ action: 'drop', rule: 'inbound drop' });
  expect(decideInbound(documentedSite({ firewall: { inbound: 'allow' } }))).toMatchObject({
    action: 'allow',
    rule: 'inbound allow',
  });
});
