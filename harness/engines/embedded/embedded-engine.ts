import { CertificateFacts } from '../../../mocks/connector/trust/certificate-facts.js';
import { SocketPairs } from '../../../mocks/loopback/socket-pair.js';
import { Pki } from '../../../mocks/pki/pki.js';
import { tokenKey } from '../../../mocks/pki/token-key.js';
import type { Site } from '../../../model/site/schema.js';
import type { Engine, LabOptions } from '../engine.js';
import { EmbeddedLab, type SharedParts } from './lab.js';

/**
 * Everything in one process, without root and without Docker: devices are functions on the way of a
 * connection, TLS, HTTP and WebSocket are real.
 */
export class EmbeddedEngine implements Engine {
  readonly name = 'embedded';
  readonly settings = {};
  #shared: { startAt: number; made: Promise<SharedParts> } | undefined;
  readonly #labs = new Set<EmbeddedLab>();

  constructor() {
    // What takes longest of what a first lab needs; whatever comes before it is done meanwhile.
    void tokenKey();
  }

  cannot(site: Site): string | undefined {
    if (site.link.loss > 0)
      return 'the embedded engine has no packets to lose (link.loss); use --engine containers';
    if (site.inspection && site.inspection.product !== 'node')
      return `the embedded engine cannot run ${site.inspection.product}; use --engine containers`;
    return undefined;
  }

  async open(site: Site, options: LabOptions): Promise<EmbeddedLab> {
    if (this.#shared?.startAt !== options.startAt)
      this.#shared = { startAt: options.startAt, made: makeShared(options.startAt) };
    const lab = await EmbeddedLab.open(site, await this.#shared.made, options, () => this.#labs.delete(lab));
    this.#labs.add(lab);
    return lab;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#labs].map((lab) => lab[Symbol.asyncDispose]()));
  }
}

/** Labs of one run share the authorities, their certificates, and what was found out about those. */
async function makeShared(startAt: number): Promise<SharedParts> {
  return {
    pairs: await SocketPairs.open(),
    pki: await Pki.create(startAt),
    certificates: new CertificateFacts(),
  };
}
