import { privateAccess } from './access/private-access.js';
import { administration } from './administration/administration.js';
import { bootstrap } from './bootstrap/bootstrap.js';
import { connectivityCheck } from './connectivity-check/connectivity-check.js';
import { data } from './data/data.js';
import { directory } from './directory/directory.js';
import { edge } from './edge/edge.js';
import { graph } from './graph/graph.js';
import { portal } from './portal/service.js';
import { registration } from './registration/registration.js';
import { relay } from './relay/service.js';
import { renewal } from './renewal/renewal.js';
import { revocation } from './revocation/revocation.js';
import type { Service } from './service.js';
import { content } from './sign-in/content.js';
import { deviceRegistration } from './sign-in/device-registration.js';
import { policyKey } from './sign-in/policy-key.js';
import { publicSignIn } from './sign-in/public-sign-in.js';
import { secondFactor, signIn } from './sign-in/sign-in.js';
import { tunnel } from './tunnel/tunnel.js';
import { updates } from './updates/updates.js';

/** Every service of the cloud. Its place gives it its addresses: a new one comes last. */
export const services: readonly Service[] = [
  signIn,
  deviceRegistration,
  publicSignIn,
  content,
  policyKey,
  secondFactor,
  graph,
  portal,
  relay,
  registration,
  bootstrap,
  updates,
  renewal,
  tunnel,
  edge,
  privateAccess,
  data,
  administration,
  directory,
  revocation,
  connectivityCheck,
];
