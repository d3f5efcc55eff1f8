import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { ResultName } from '../../../model/evidence/vocabulary.js';
import { ownerOf } from '../../../model/policy/segments.js';
import { join, reset } from '../../byte-stream.js';
import { protocolHeader, reasonHeader, resultHeader } from '../../protocol/tunnel.js';
import type { CloudContext, CloudReply, StreamRequest } from '../service.js';
import { readToken } from '../token.js';
import type { Tunnels } from '../tunnel/tunnels.js';

/**
 * The users' side of Private Access: a user's computer asks for a host and port (CONNECT over HTTP/2;
 * how the real client asks is not public), and its bytes go through a connector of the owning group.
 */
export class PrivateAccessEdge {
  constructor(
    private readonly context: CloudContext,
    private readonly tunnels: Tunnels,
  ) {}

  async accept(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    request: StreamRequest,
  ): Promise<CloudReply> {
    const target = /^(.+):(\d{1,5})$/.exec(request.path);
    if (request.method !== 'CONNECT' || !target) return refuse(stream, 400, 'not a connection');
    const token = String(headers['proxy-authorization'] ?? '').replace(/^Bearer /, '');
    const claims = readToken(token, this.context.pki.tokenKey, this.context.stack.clock.now());
    const isOurs = claims?.aud === `https://${this.context.names().graph}`;
    if (!isOurs || claims.tid !== this.context.site().tenant.id)
      return refuse(stream, 401, 'not signed in', 'http-unauthorized');
    // The page's edition knows no UDP through connectors; it came with 1.5.3829.0 (connector-facts 4.4).
    if (headers[protocolHeader] === 'udp') return refuse(stream, 403, 'UDP is not carried');
    const [, host = '', port = ''] = target;
    const access = this.context.site()['private-access'];
    const owner = access && ownerOf(access, host, Number(port));
    if (!owner) return refuse(stream, 403, 'in no segment');
    if (owner.users && !owner.users.includes(claims.upn ?? ''))
      return refuse(stream, 403, `${claims.upn ?? 'an application'} is not assigned to ${owner.name}`);
    const connectorId = this.#choose(owner.group);
    if (!connectorId) return refuse(stream, 504, `no connector of ${owner.group} has a tunnel`, 'tcp-drop');
    const carried = await this.tunnels.carry(connectorId, host, Number(port));
    if (carried.result !== 'ok')
      return refuse(stream, 502, 'the connector could not connect', carried.result);
    if (stream.destroyed) {
      reset(carried.stream);
      return { status: 499, detail: 'the user has gone', connectorId };
    }
    stream.respond({ ':status': 200 });
    join(stream, carried.stream);
    return { status: 200, detail: owner.name, connectorId };
  }

  /** The group's connectors that have a tunnel take turns. */
  #choose(name: string): string | undefined {
    const { groups } = this.context.state;
    const group = groups.all.find((one) => one.name === name);
    const members = group ? groups.membersOf(group).map(({ id }) => id) : [];
    const ids = this.tunnels.open.filter((id) => members.includes(id));
    return ids[this.context.state.nextTurn(`private ${name}`) % ids.length];
  }
}

function refuse(
  stream: ServerHttp2Stream,
  status: number,
  detail: string,
  result: ResultName = 'refused-by-service',
): CloudReply {
  if (!stream.destroyed)
    stream.respond(
      { ':status': status, [reasonHeader]: detail, [resultHeader]: result },
      { endStream: true },
    );
  return { status, detail };
}
