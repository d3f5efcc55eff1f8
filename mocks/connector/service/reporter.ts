import { randomUUID } from 'node:crypto';
import type { NetworkStack, Timer } from '../../network.js';
import { createConnectorRequest } from '../../pki/connector-request.js';
import { toPem, x509 } from '../../pki/x509.js';
import {
  type BootstrapResponse,
  bootstrapPath,
  decodeBootstrapResponse,
  encodeBootstrapRequest,
} from '../../protocol/bootstrap.js';
import type { ServiceNames } from '../../protocol/names.js';
import { decodeTrustResult } from '../../protocol/registration.js';
import { encodeRenewal } from '../../protocol/renewal.js';
import { placeOf } from '../call.js';
import { readReply } from '../classify.js';
import { Failure, ignoreFailure } from '../failure.js';
import type { Identity } from '../identity.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';

const xml = { 'content-type': 'application/xml; charset=utf-8' };

export interface ServiceOptions {
  stack: NetworkStack;
  transport: Transport;
  host(): WindowsHost;
  names(): ServiceNames;
  identity(): Identity;
  renewed(identity: Identity): void;
}

/** The connector service's own calls: its report, and the renewal of its certificate. */
export class Reporter {
  #settings: BootstrapResponse | undefined;
  #timers: Timer[] = [];
  #failures = 0;

  constructor(private readonly options: ServiceOptions) {}

  /** What the service said last; absent before the first report. */
  get settings(): BootstrapResponse | undefined {
    return this.#settings;
  }

  /** Reports, and goes on reporting on lab time. @throws Failure */
  async bootstrap(): Promise<void> {
    try {
      await this.#report();
    } finally {
      this.#schedule();
    }
  }

  /** @throws Failure */
  async renew(): Promise<void> {
    const { transport, host, identity, renewed, names } = this.options;
    const endpoint = this.#settings?.trustRenewEndpoint ?? `https://${names().renewal}/renewTrust`;
    const { csrDer, keyPem } = await createConnectorRequest();
    const url = new URL(`${endpoint}/RenewTrustCertificate`);
    const reply = await transport.attempt({
      operation: 'renew',
      purpose: 'renew the certificate',
      account: host().connectorAccount,
      stack: 'service',
      url,
      method: 'POST',
      headers: xml,
      body: encodeRenewal(
        { csrDer, connectorVersion: host().server.connector },
        { machineName: host().server.name, osVersion: host().osVersion },
      ),
      certificate: identity(),
      expects: 'xml',
    });
    const result = readReply(reply, placeOf(url), (text) => decodeTrustResult('TrustRenewalResult', text));
    if (!result.isSuccessful)
      throw new Failure('refused-by-service', result.errorMessage, {
        host: url.hostname,
        port: 443,
        connection: reply.connection,
      });
    renewed({ ...identity(), certificatePem: toPem(result.certificateDer), keyPem });
  }

  stop(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers = [];
  }

  async #report(): Promise<void> {
    const { transport, host, names, identity, stack } = this.options;
    const { server, site, osVersion } = host();
    const url = new URL(`https://${names().bootstrap}${bootstrapPath}`);
    try {
      const reply = await transport.attempt({
        operation: 'bootstrap',
        purpose: 'report to the service',
        account: host().connectorAccount,
        stack: 'service',
        url,
        method: 'POST',
        headers: xml,
        certificate: identity(),
        expects: 'xml',
        body: encodeBootstrapRequest({
          connectorId: identity().connectorId,
          connectorVersion: server.connector,
          consecutiveFailures: this.#failures,
          initialBootstrap: this.#settings === undefined,
          machineName: server.name,
          osVersion,
          requestId: randomUUID(),
          tenantId: site.tenant.id,
          updaterRunning: host().isRunning('updater'),
        }),
      });
      this.#settings = readReply(reply, placeOf(url), decodeBootstrapResponse);
      this.#failures = 0;
    } catch (error) {
      this.#failures++;
      this.#log(stack);
      throw error;
    }
  }

  #log(stack: NetworkStack): void {
    const channel = 'Microsoft-AadApplicationProxy-Connector/Admin';
    if (this.#certificateEnd() < stack.clock.now())
      stack.emit({
        kind: 'windows-log',
        channel,
        eventId: 1000,
        level: 'error',
        text: 'The trust certificate of the connector has expired; it has to be registered again.',
      });
    else
      stack.emit({
        kind: 'windows-log',
        channel,
        level: 'error',
        text: 'The connector could not reach the service because of a network problem.',
      });
  }

  #certificateEnd(): number {
    return new x509.X509Certificate(this.options.identity().certificatePem).notAfter.getTime();
  }

  #schedule(): void {
    this.stop();
    const { clock } = this.options.stack;
    // Until the service has said otherwise, ten minutes (connector-facts 1.4).
    const interval = this.#settings?.periodicBootstrapIntervalMs ?? 600_000;
    const report = async () => {
      this.#timers[0] = clock.after(interval, report);
      await this.#report().catch(ignoreFailure);
    };
    const checkEvery = (this.#settings?.checkForTrustRenewMinutes ?? 360) * 60_000;
    const lead = (this.#settings?.minutesBeforeRenew ?? 43_200) * 60_000;
    const check = async () => {
      this.#timers[1] = clock.after(checkEvery, check);
      const end = this.#certificateEnd();
      if (end - clock.now() < lead && end > clock.now()) await this.renew().catch(ignoreFailure);
    };
    this.#timers = [clock.after(interval, report), clock.after(checkEvery, check)];
  }
}
