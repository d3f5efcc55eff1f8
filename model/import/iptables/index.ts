import { ruleOf } from '../flatten-chains.js';
import type { Imported, ImportedFirewall, Importer, NotUnderstood } from '../importer.js';
import { isIpsetSave } from './ipsets.js';
import { readTables } from './read-rules.js';
import { stopsSome, type Way, wayOf } from './ways.js';

/** No rule has so many characters. */
const longestLine = 100_000;

/** `iptables-save`: what its chains do with new connections that pass the machine (FORWARD) or begin on it (OUTPUT). */
export const iptables: Importer = {
  format: 'iptables',
  title: 'iptables-save',
  recognises: ({ text }) =>
    /^\*(filter|nat|mangle|raw|security)\s*$/m.test(text) && /^(:\S+ \S+|-A )/m.test(text),
  // Rules name sets, and what is in them is saved by another program.
  hasPart: (_, { text }) => isIpsetSave(text),
  read({ file, text }, given): Imported {
    const tooLong = text.split('\n').findIndex((one) => one.length > longestLine);
    if (tooLong >= 0) return refused(file, tooLong + 1, `a line of more than ${longestLine} characters`);
    const { tables, other } = readTables(text);
    const options = { ...given, untracks: /-j NOTRACK|--notrack/.test(text) };
    const [edge, server] = (['edge', 'server'] as const).map((side) =>
      wayOf(tables, side, file, options),
    ) as [Way, Way];
    const tooMany = edge.tooLong ?? server.tooLong;
    if (tooMany) return { understood: 0, notUnderstood: [tooMany] };
    // What is stopped before it passes is, on a machine that sends, what comes to it.
    const passes = edge.isMeant || (stopsSome(edge) && !server.isMeant);
    return {
      ...(passes && { edge: firewallOf(edge, file) }),
      ...((server.isMeant || stopsSome(server)) && { server: firewallOf(server, file) }),
      understood: edge.understood + server.understood,
      notUnderstood: unique([
        ...other.map((one) => ({ file, ...one })),
        ...edge.notUnderstood,
        ...server.notUnderstood,
      ]),
    };
  },
};

function refused(file: string, line: number, why: string): Imported {
  return { understood: 0, notUnderstood: [{ file, line, text: '', why }] };
}

function firewallOf({ rules, policy }: Way, file: string): ImportedFirewall {
  return { default: policy === 'allow' ? 'allow' : 'drop', rules: rules.map((rule) => ruleOf(rule, file)) };
}

/** Chains on both ways are read twice. */
function unique(all: readonly NotUnderstood[]): NotUnderstood[] {
  return [...new Map(all.map((one) => [`${one.line} ${one.why}`, one])).values()];
}
