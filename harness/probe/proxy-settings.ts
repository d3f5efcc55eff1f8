import { pacAnswer, waysIn } from '../../model/pac/pac-answer.js';
import type { Found } from '../../model/path/proxy-finder.js';
import { bypassing } from '../../model/policy/bypass.js';

/** How a stack finds its proxy on this machine. */
export type FoundSetting =
  | { kind: 'direct' }
  | { kind: 'proxy'; host: string; port: number; bypass: readonly string[] }
  | { kind: 'pac'; text: string };

/** Names of one PAC file that are asked for, and how often it may ask anew. */
const mostNames = 50;

/**
 * The ways out that a setting gives. A PAC file waits for nobody: names that it asks for are looked up, and it
 * is asked again. @throws PacError
 */
export async function waysBy(
  setting: FoundSetting,
  { host, port, address }: { host: string; port: number; address: string },
  addressOf: (name: string) => Promise<string | null>,
): Promise<Found> {
  if (setting.kind === 'direct') return { ways: ['direct'], awaited: [] };
  if (setting.kind === 'proxy') {
    const entry = bypassing(setting.bypass, host);
    return {
      ways: [entry === undefined ? { host: setting.host, port: setting.port } : 'direct'],
      awaited: [],
    };
  }
  const known = new Map<string, string | null>();
  for (;;) {
    const unknown = new Set<string>();
    const answer = pacAnswer(setting.text, { host, port, address }, (name) => {
      if (!known.has(name)) unknown.add(name);
      return known.get(name) ?? null;
    });
    if (unknown.size === 0 || known.size >= mostNames) return { ways: waysIn(answer), awaited: [] };
    await Promise.all([...unknown].map(async (name) => known.set(name, await addressOf(name))));
  }
}
