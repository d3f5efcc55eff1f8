import type { SiteInput } from '../../../model/site/schema.js';
import type { Base } from '../bases.js';

/** What has to be named: a rule's id, one of several where the class depends on what else is there, and where. */
export interface Truth {
  rule: string;
  /** Part of the scope that has to be right: a row, a port, an account. */
  row?: string;
  port?: number;
  account?: string;
}

/** One thing that goes wrong. */
export interface Fault {
  id: string;
  device: string;
  /** Undefined where the kind of site does not have what it is about. */
  truth(base: Base): Truth | undefined;
  make(site: SiteInput, base: Base): void;
}

type Server = NonNullable<SiteInput['servers']>[number];

export const isDirect = ({ way }: Base) => way === 'direct';
export const row = (host: string, port = 443) => `hosts/${host}/${port}`;
export const servers = (site: SiteInput, change: (server: Server) => void) => {
  for (const server of site.servers ?? []) change(server);
};
export const direct = (truth: Truth) => (base: Base) => (isDirect(base) ? truth : undefined);
export const proxied = (truth: Truth) => (base: Base) => (isDirect(base) ? undefined : truth);
export const always = (truth: Truth) => () => truth;

export const servicebus = row('*.servicebus.windows.net');
export const service = row('*.msappproxy.net');
