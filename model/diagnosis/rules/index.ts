import type { Rule } from '../cause.js';
import { application } from './application.js';
import { link } from './link.js';
import { names } from './names.js';
import { path } from './path.js';
import { proxyRules } from './proxy.js';
import { revocation } from './revocation.js';
import { server } from './server.js';
import { service } from './service.js';
import { tls } from './tls.js';

/** Of two rules that explain as much the earlier is meant: what somebody says comes before what is inferred. */
export const rules: readonly Rule[] = [
  ...server,
  ...tls,
  ...proxyRules,
  ...names,
  ...path,
  ...revocation,
  ...link,
  ...application,
  ...service,
];
