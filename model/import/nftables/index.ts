import { ruleOf } from '../flatten-chains.js';
import type { Imported, ImportedFirewall, ImportedRule, Importer, NotUnderstood } from '../importer.js';
import { WayReader } from './base-chains.js';
import { readJson } from './read-json.js';
import { readText } from './read-text.js';
import type { Ruleset } from './ruleset.js';

/** A statement that changes where a connection goes, in text or JSON. */
const leadsElsewhere =
  /\b(?:dnat (?:ip6? )?(?:to|prefix)|redirect|tproxy|DNAT|REDIRECT|TPROXY)\b|"(?:dnat|redirect|tproxy)"\s*:/;
/** One by which connections are not tracked; of iptables' own it is not said whether they do that. */
const untracks = /\bnotrack\b|"notrack"|\bxt target "?CT\b|"name"\s*:\s*"(?:CT|NOTRACK)"/;
const isJson = (text: string) => /^\s*\{\s*"nftables"\s*:/.test(text);

/** What nftables does with new connections that pass a machine (at the edge) and that begin on it (a server). */
export const nftables: Importer = {
  format: 'nftables',
  title: 'nft list ruleset (text or JSON)',
  recognises: ({ text }) =>
    isJson(text) || /^[ \t]*table (?:(?:ip|ip6|inet|arp|bridge|netdev) )?\S+ *\{/m.test(text),
  read({ file, text }, options): Imported {
    const ruleset = isJson(text) ? readJson(text) : readText(text);
    const known = { ...options, translates: leadsElsewhere.test(text), untracks: untracks.test(text) };
    const ways = new WayReader(ruleset, file, known);
    const [edge, server] = [ways.read('edge'), ways.read('server')];
    const firewall = ({ rules, policy }: typeof edge): ImportedFirewall => ({
      default: policy === 'allow' ? 'allow' : 'drop',
      rules: [
        ...ruleset.other.flatMap((one) => doubtsOf(one, file)),
        ...rules.map((rule) => ruleOf(rule, file)),
      ],
    });
    return {
      ...(edge.isMeant && { edge: firewall(edge) }),
      ...(server.isMeant && { server: firewall(server) }),
      understood: edge.understood + server.understood + others(ruleset),
      notUnderstood: unique([
        ...ruleset.other.map(({ line, text: own, why }) => ({ file, line, text: own, why })),
        ...ofIpv6(ruleset, file),
        ...edge.notUnderstood,
        ...server.notUnderstood,
      ]),
    };
  },
};

/** What is not read may do anything. */
function doubtsOf({ line, text, mayDecide }: Ruleset['other'][number], file: string): ImportedRule[] {
  if (!mayDecide) return [];
  const of = { unclear: text.slice(0, 1000) || 'a line', source: { file, line } };
  return [
    { deny: 'any', ...of },
    { allow: 'any', ...of },
  ];
}

/** Rules about what arrives at the machine itself, and tables that are switched off. */
function others({ tables }: Ruleset): number {
  return tables
    .flatMap(({ chains, isDormant }) =>
      [...chains.values()].filter(({ hook }) => isDormant || hook?.name === 'input'),
    )
    .reduce((sum, { rules }) => sum + 1 + rules.length, 0);
}

function ofIpv6({ tables }: Ruleset, file: string): NotUnderstood[] {
  return tables
    .filter(
      ({ family, isDormant, chains }) =>
        family === 'ip6' && !isDormant && [...chains.values()].some(({ hook }) => hook),
    )
    .map(({ name, line }) => ({
      ...{ file, line, text: `table ip6 ${name}` },
      why: 'rules of IPv6: connectors are judged by those of IPv4',
    }));
}

/** Chains behind both ways are read twice. */
function unique(all: readonly NotUnderstood[]): NotUnderstood[] {
  return [...new Map(all.map((one) => [`${one.line} ${one.why} ${one.text}`, one])).values()];
}
