import type { Trust } from '../../mocks/pki/trust.js';

/** Chromium's switches for a lab: its proxy for everything, and trust in the lab's servers. */
export function browserSwitches(proxyUrl: string, { serverKey }: Trust): string[] {
  return [
    `--proxy-server=${proxyUrl}`,
    '--proxy-bypass-list=<-loopback>',
    `--ignore-certificate-errors-spki-list=${serverKey}`,
  ];
}
