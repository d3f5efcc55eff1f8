import type { RequestKind } from '../request.js';
import { answerAsPublic } from './answer-as-public.js';
import { doNotInspect } from './do-not-inspect.js';
import { openEdge } from './open-edge.js';
import { openHost } from './open-host.js';
import { passProxy } from './pass-proxy.js';
import { switchOnTls } from './switch-on-tls.js';
import { useProxy } from './use-proxy.js';

/** Every kind of change that can be asked for; the first that mends a stop is asked for. */
export const requestKinds: readonly RequestKind[] = [
  switchOnTls,
  answerAsPublic,
  useProxy,
  openHost,
  passProxy,
  openEdge,
  doNotInspect,
];
