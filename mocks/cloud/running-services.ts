import type { CloudService } from '../../model/evidence/vocabulary.js';
import type { CloudContext, Handler, Service, StreamHandler, UpgradeHandler } from './service.js';

/** A service as it runs in one cloud. */
export interface RunningService extends Pick<Service, 'clientCertificate' | 'askedByScripts'> {
  answer: Handler;
  http2?: StreamHandler;
  webSocket?: UpgradeHandler;
}

/** The services of one cloud, by their names. Disposing of them closes what they keep open. */
export class RunningServices implements Disposable {
  readonly #running: ReadonlyMap<CloudService, RunningService>;

  constructor(context: CloudContext, declared: readonly Service[]) {
    this.#running = new Map(declared.map((service) => [service.name, run(service, context)]));
  }

  of(name: CloudService): RunningService {
    const service = this.#running.get(name);
    if (!service) throw new Error(`no service ${name} runs in this cloud`);
    return service;
  }

  [Symbol.dispose](): void {
    for (const { webSocket } of this.#running.values()) webSocket?.[Symbol.dispose]();
  }
}

function run(service: Service, context: CloudContext): RunningService {
  const { clientCertificate, askedByScripts } = service;
  const http2 = service.http2?.(context);
  const webSocket = service.webSocket?.(context);
  return {
    answer: service.answer?.(context) ?? (() => ({ status: 404 })),
    ...(clientCertificate && { clientCertificate }),
    ...(askedByScripts && { askedByScripts }),
    ...(http2 && { http2 }),
    ...(webSocket && { webSocket }),
  };
}
