import { readFile } from 'node:fs/promises';

/** Where it is in the package. */
export const probeFile = new URL('../../connector-lab-probe.cjs', import.meta.url);

/** The probe alone as one file. From a package it is there already; in a clone it is made of the sources. */
export async function probeProgram(): Promise<Uint8Array> {
  if (import.meta.url.endsWith('.js')) return readFile(probeFile);
  const { code } = await (await import('./build-probe.js')).buildProbe();
  return code;
}
