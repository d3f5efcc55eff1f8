import { NetworkError } from '../../network.js';
import type { CountedStack } from './counted.js';

/** Of the 256 names that gateways of a deployment can have, so many are looked for. */
const sampled = 32;
/** So many of those that there are, are tried. */
const mostTried = 2;

/**
 * Gateways to which a namespace sends whoever listens: their names follow from the cloud service that the
 * namespace is an alias of (connector-facts 2.5). Few are live, and which is not published.
 */
export async function gatewaysBehind(namespace: string, counted: CountedStack): Promise<string[]> {
  const chain = await aliasesOf(namespace, counted);
  const [deployment] = chain.flatMap((name) => /^ns-sb2-([\w-]+)\.cloudapp\.net$/.exec(name)?.[1] ?? []);
  if (deployment === undefined) return [];
  const suffix = namespace.slice(namespace.indexOf('.') + 1);
  const names = Array.from({ length: sampled }, (_, index) => `g${index}-${deployment}-sb.${suffix}`);
  const live = await Promise.all(names.map(async (name) => ((await counted.guess(name)) ? [name] : [])));
  return live.flat().slice(0, mostTried);
}

async function aliasesOf(namespace: string, { inner }: CountedStack): Promise<string[]> {
  try {
    return (await inner.resolve(namespace, {})).chain;
  } catch (error) {
    if (error instanceof NetworkError) return [];
    throw error;
  }
}
