import type { Service } from '../service.js';
import { tunnelsOf } from '../tunnel/tunnels.js';
import { PrivateAccessEdge } from './edge.js';

/** The users' side of Private Access. */
export const privateAccess: Service = {
  name: 'private-access',
  hosts: (names) => [{ name: names.privateAccess, block: 'connector-service' }],
  http2: (context) => {
    const edge = new PrivateAccessEdge(context, tunnelsOf(context));
    return (stream, headers, request) => edge.accept(stream, headers, request);
  },
};
