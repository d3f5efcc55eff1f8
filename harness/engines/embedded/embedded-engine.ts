import { Pki } from '../../../mocks/pki/pki.js';
import type { Site } from '../../site/schema.js';
import type { Engine, Lab, LabOptions } from '../engine.js';
import { EmbeddedLab } from './lab.js';
import { SocketPairs } from './socket-pair.js';

/**
 * Everything in one process, without root and without Docker: devices are functions on the way of a
 * connection, TLS, HTTP and WebSocket are real.
 */
export class EmbeddedEngine implements Engine {
  readonly name = 'embedded';
  #pairs: Promise<SocketPairs> | undefined;
  #pki: { startAt: number; made: Promise<Pki> } | undefined;

  cannot(site: Site): string | undefined {
    if (site.link.loss > 0)
      return 'the embedded engine has no packets to lose (link.loss); use --engine containers';
    if (site.cloud.environment === 'us-government') return 'the mock cloud has no us-government services yet';
    if (site.inspection && site.inspection.product !== 'node')
      return `the embedded engine cannot run ${site.inspection.product}; use --engine containers`;
    return undefined;
  }

  async open(site: Site, options: LabOptions): Promise<Lab> {
    this.#pairs ??= SocketPairs.open();
    // Labs of one run share the authorities and their certificates.
    if (this.#pki?.startAt !== options.startAt)
      this.#pki = { startAt: options.startAt, made: Pki.create(options.startAt) };
    return EmbeddedLab.open(site, await this.#pki.made, await this.#pairs, options);
  }
}
