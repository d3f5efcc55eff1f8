import { type Bom, bomOf } from '../supply-chain/sbom.js';
import type { Pinned } from './pinned.js';

/** One thing that is built. */
export interface Built {
  name: string;
  version: string;
  /** Hexadecimal. */
  sha256: string;
  /** What of others is in it, as `name@version`. */
  packages: readonly string[];
  /** The Node that it runs on, where that is in it. */
  node?: Pinned;
}

/** The bill of materials of a file that is built: itself by its digest, and all that is in it. */
export function billOf(locked: Bom, { name, version, sha256, packages, node }: Built): Bom {
  const bom = bomOf(locked, new Set(packages));
  const known = new Set(bom.components.map((one) => `${one.name}@${one.version}`));
  const unknown = packages.filter((one) => !known.has(one));
  if (unknown.length > 0) throw new Error(`not in the lock file: ${unknown.join(', ')}`);
  const ref = bom.metadata.component['bom-ref'];
  return {
    ...bom,
    metadata: {
      ...bom.metadata,
      component: {
        ...{ 'bom-ref': ref, type: 'application', name, version },
        hashes: [{ alg: 'SHA-256', content: sha256 }],
      },
    },
    components: [...bom.components, ...(node ? [componentOf(node)] : [])],
  };
}

function componentOf({ name, version, integrity, licence }: Pinned) {
  const purl = `pkg:npm/${name}@${version}`;
  const content = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
  return {
    ...{ 'bom-ref': purl, type: 'platform', name, version, purl },
    description: 'Node.js, which the program runs on',
    hashes: [{ alg: 'SHA-512', content }],
    licenses: [{ license: { id: licence } }],
  };
}
