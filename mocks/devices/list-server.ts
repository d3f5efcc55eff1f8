import { createServer, type Server } from 'node:http';
import type { InspectionAuthority } from '../pki/inspection-authority.js';

/** Publishes an inspecting authority's revocation list, whatever is asked for; 500, where it cannot be made. */
export function listServer(authority: Pick<InspectionAuthority, 'list'>, now: () => number): Server {
  return createServer(async (_, response) => {
    response.setHeader('Connection', 'close');
    try {
      response.end(await authority.list(now()));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
}
