import type { Server, Site } from '../../site/schema.js';
import type { Request, SettingKind, SettingStop } from '../request.js';
import { withServer } from './rules.js';

interface ServerSetting {
  kind: string;
  setting: string;
  requirement: string;
  operation: SettingStop['operation'];
  /** What is wrong of a server, by the name that evidence uses, and why it matters; undefined: nothing. */
  wrong(server: Server, site: Site): Pick<SettingStop, 'rule' | 'explanation' | 'place'> | undefined;
  mend(server: Server, site: Site): Server;
  words(request: Request): string;
}

/** A kind of request about one setting of one server. */
export function serverSetting({
  kind,
  setting,
  requirement,
  operation,
  wrong,
  mend,
  words,
}: ServerSetting): SettingKind {
  return {
    kind,
    stops: (site) =>
      site.servers.flatMap((server) => {
        const found = wrong(server, site);
        if (!found) return [];
        return [
          {
            device: 'server',
            server: server.name,
            setting,
            operation,
            requirements: [requirement],
            ...found,
          },
        ];
      }),
    grant: ({ server }, site) => withServer(site, server, (one) => mend(one, site)),
    words,
  };
}
