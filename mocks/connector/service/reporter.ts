import { randomUUID, X509Certificate } from 'node:crypto';
import type { NetworkStack, Timer } from '../../network.js';
import { createConnectorRequest } from '../../pki/connector-request.js';
import { toPem } from '../../pki/x509.js';
import { bootstrapPath, encodeBootstrapRequest } from '../../protocol/bootstrap/request.js';
import { type BootstrapResponse, decodeBootstrapResponse } from '../../protocol/bootstrap/response.js';
import type { ServiceNames } from '../../protocol/names.js';
import { decodeTrustResult } from '../../protocol/registration.js';
import { encodeRenewal } from '../../protocol/renewal.js';
import { capturedRetryStrategy, retryDelayMs } from '../../protocol/retry-strategy.js';
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
  /** The service will not have this version for much longer. */
  updateRequired(): Promise<void>;
}

/** The connector service's own calls: its report, and the renewal of its certificate. */
export class Reporter {
  #settings: BootstrapResponse | undefined;
  #timers: { report?: Timer; renewal?: Timer } = {};
  #failures = 0;
  /** Counts starts and stops: what was on its way before does not go on. */
  #turn = 0;

  constructor(private readonly options: ServiceOptions) {}

  /** What the service said last; absent before the first report. */
  get settings(): BootstrapResponse | undefined {
    return this.#settings;
  }

  /** Reports, and goes on reporting on lab time. @throws Failure */
  async bootstrap(): Promise<void> {
    this.#failures = 0;
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
    this.#turn++;
    this.#timers.report?.cancel();
    this.#timers.renewal?.cancel();
    this.#timers = {};
  }

  async #report(): Promise<void> {
    const { transport, host, names, identity } = this.options;
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
      await this.#heed(this.#settings);
    } catch (error) {
      this.#failures++;
      this.#logFailure();
      throw error;
    }
  }

  /** What the service wants beside all the timers. */
  async #heed({ connectorState, serviceMessage }: BootstrapResponse): Promise<void> {
    if (serviceMessage)
      this.#log(connectorState === 'ErrorServiceMessage' ? 'error' : 'information', serviceMessage);
    if (connectorState === 'UpdateRequired') await this.options.updateRequired();
  }

  #logFailure(): void {
    if (this.#certificateEnd() < this.options.stack.clock.now())
      this.#log(
        'error',
        'The trust certificate of the connector has expired; it has to be registered again.',
        1000,
      );
    else this.#log('error', 'The connector could not reach the service because of a network problem.');
  }

  #log(level: 'information' | 'error', text: string, eventId?: number): void {
    const channel = 'Microsoft-AadApplicationProxy-Connector/Admin';
    this.options.stack.emit({ kind: 'windows-log', channel, level, text, ...(eventId && { eventId }) });
  }

  #certificateEnd(): number {
    return Date.parse(new X509Certificate(this.options.identity().certificatePem).validTo);
  }

  #schedule(): void {
    this.stop();
    const { clock } = this.options.stack;
    this.#scheduleReport();
    const checkEvery = (this.#settings?.checkForTrustRenewMinutes ?? 360) * 60_000;
    const lead = (this.#settings?.minutesBeforeRenew ?? 43_200) * 60_000;
    const check = async () => {
      this.#timers.renewal = clock.after(checkEvery, check);
      const end = this.#certificateEnd();
      if (end - clock.now() < lead && end > clock.now()) await this.renew().catch(ignoreFailure);
    };
    this.#timers.renewal = clock.after(checkEvery, check);
  }

  /** The next report: after the interval, or as the service wants it when reports fail. */
  #scheduleReport(): void {
    // Until the service has said otherwise, as captured (connector-facts 1.4).
    const interval = this.#settings?.periodicBootstrapIntervalMs ?? 600_000;
    const retry = this.#settings?.retry ?? capturedRetryStrategy(interval, 3_600_000);
    const most = this.#settings?.maxFailedBootstraps ?? Number.POSITIVE_INFINITY;
    if (this.#failures >= most)
      // What the real one does then is not public; this is assumed.
      return void this.#log(
        'error',
        `${most} reports have failed; the connector gives up until it is restarted.`,
      );
    const delay = this.#failures > 0 ? retryDelayMs(retry, this.#failures, Math.random()) : interval;
    const turn = this.#turn;
    this.#timers.report = this.options.stack.clock.after(delay, async () => {
      await this.#report().catch(ignoreFailure);
      if (turn === this.#turn) this.#scheduleReport();
    });
  }
}
