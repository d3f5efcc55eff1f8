import { Applications } from '../../mocks/applications/applications.js';
import type { Clock, NetworkStack } from '../../mocks/network.js';
import { ApplicationAuthority } from '../../mocks/pki/application-authority.js';
import { runsOn } from '../../model/site/runs-on.js';
import type { Site } from '../../model/site/schema.js';
import { Wire, type WireOptions } from './wire.js';
import { type WireRoot, wireRoot } from './wire-root.js';

/** Applications that run on a connector's own server. */
export class OwnApplications {
  readonly wire: Wire;
  #applications: Applications | undefined;
  #authority: Promise<ApplicationAuthority> | undefined;

  constructor(
    options: Pick<WireOptions, 'ports' | 'tell'>,
    private readonly clock: () => Clock,
  ) {
    this.wire = new Wire({ ...options, address: '0.0.0.0', resolver: '' });
  }

  /** Returns the authority of their certificates, where one speaks TLS. */
  async serve(site: Site, server: string, startAt: number): Promise<WireRoot | null> {
    const some = site.applications.some((application) => runsOn(site, application).includes(server));
    if (!some && !this.#applications) return null;
    this.#applications ??= new Applications({
      stack: this.#stack(),
      authority: () => {
        this.#authority ??= ApplicationAuthority.create(startAt);
        return this.#authority;
      },
    });
    const own = await this.#applications.setSite(site, (on) => on === server);
    return own ? wireRoot(own) : null;
  }

  async close(): Promise<void> {
    await this.#applications?.[Symbol.asyncDispose]();
    this.#applications = undefined;
    this.#authority = undefined;
  }

  /** Whoever is asked for by the server's address is there at its loopback address, too. */
  #stack(): NetworkStack {
    const stack = this.wire.stack('applications', this.clock);
    return {
      machine: stack.machine,
      get clock() {
        return stack.clock;
      },
      resolve: stack.resolve,
      connect: stack.connect,
      listen: (_, port, accept) => stack.listen('0.0.0.0', port, accept),
      emit: stack.emit,
    };
  }
}
