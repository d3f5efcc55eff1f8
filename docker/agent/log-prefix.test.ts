import { expect, it } from 'vitest';
import { encodePrefix, type LogPrefix, parsePrefix } from './log-prefix.js';

const prefixes: [text: string, prefix: LogPrefix][] = [
  ['edge 1', { kind: 'edge', rule: 0 }],
  ['edge default', { kind: 'edge', rule: 'default' }],
  ['host 10000', { kind: 'host', rule: 9999 }],
  ['edge peek', { kind: 'edge peek' }],
  ['link lost', { kind: 'link lost' }],
  ['link ipv6', { kind: 'link ipv6' }],
  ['refused', { kind: 'refused' }],
];

it.each(prefixes)('the kernel logs as "%s" what is read as the same', (text, prefix) => {
  expect(encodePrefix(prefix)).toBe(text);
  expect(parsePrefix(text)).toEqual(prefix);
});

it.each(['edge', 'edge 0', 'host peek', 'link', 'edge 1 2', ''])('nobody logs as "%s"', (text) =>
  expect(() => parsePrefix(text)).toThrow(`no rule of a lab logs as "${text}"`),
);
