import { randomUUID } from 'node:crypto';
import { folderOf, publishedAt } from '../../../model/site/published-at.js';
import type { Application } from '../../../model/site/schema.js';
import { broughtByHeader, cameBack, shows } from '../../protocol/lab-headers.js';
import {
  type CloudContext,
  type CloudReply,
  type CloudRequest,
  type Handler,
  html,
  type Service,
} from '../service.js';
import type { Ending, PendingRequest } from '../state.js';
import { errorPage } from './error-page.js';
import { PreAuthentication } from './pre-authentication.js';

/** The users' side: the external URL of an application, and what becomes of a request to it. */
export const edge: Service = {
  name: 'edge',
  hosts: (_, { applications }) =>
    [...new Set(applications.map(({ external }) => new URL(external).hostname))].map((name) => ({
      name,
      block: 'connector-service',
      chain: ['cwap-weur-runtime.cloudapp.azure.com'],
    })),
  answer,
};

function answer(context: CloudContext): Handler {
  const preAuthentication = new PreAuthentication(context);
  return async (request) => {
    const application = publishedAt(context.site(), request.host, request.url.pathname);
    const isPublished = application?.published || context.state.published.has(application?.name ?? '');
    if (!application || !isPublished) return page(404, 'not-found', 'nothing is published here');
    if (request.headers[broughtByHeader] !== undefined) return returned(application);
    const asked = application['pre-authentication'] && preAuthentication.check(application, request);
    if (asked) return asked;
    const connectorId = chooseListener(application);
    if (!connectorId) return page(504, 'gateway-timeout', 'no connector of the group is listening');
    return shown(await deliver(application, connectorId, request));
  };

  /** The listening connectors of the application's group take turns (no affinity). */
  function chooseListener(application: Application): string | undefined {
    const { groups, listeners } = context.state;
    const group = groups.ofApplication(application.name);
    const ids = groups.membersOf(group).flatMap(({ id }) => (listeners.has(id) ? [id] : []));
    return ids[context.state.nextTurn(group.id) % ids.length];
  }

  function deliver(application: Application, connectorId: string, request: CloudRequest): Promise<Ending> {
    const { state } = context;
    const { dataIn } = context.names();
    // A group's requests go through the region of the service that the group is in.
    const data = dataIn[state.groups.ofApplication(application.name).region];
    const turn = state.nextSignal();
    const url = internalUrl(application, request.url);
    const message = {
      RequestId: randomUUID(),
      SubscriptionId: context.site().tenant.id,
      TransactionId: randomUUID(),
      ReturnHost: data[turn % data.length] ?? '',
      ReturnPort: 443,
      TunnelContext: {
        HasPayload: request.body.length > 0,
        ProtocolContext: {
          TrafficProtocol: 'HTTP' as const,
          RequestUrl: url.href,
          RequestVerb: request.method,
          BackendCertValidationMode: application['validate-backend-certificate']
            ? ('ValidateCertificate' as const)
            : ('None' as const),
          BackendAuthNMode:
            application['single-sign-on'] === 'kerberos' ? ('Iwa' as const) : ('None' as const),
          Headers: { host: url.host },
        },
      },
    };
    return new Promise((resolve) => {
      const pending: PendingRequest = {
        ...{ relayId: '', connectorId, message, payload: request.body, signalledAt: 0 },
        announceAgain() {
          const other = chooseListener(application);
          if (other) announce(pending, other);
          return other !== undefined;
        },
        end(ending) {
          state.pending.delete(pending.relayId);
          resolve(ending);
        },
      };
      announce(pending, connectorId);
    });
  }

  function announce(pending: PendingRequest, connectorId: string): void {
    const { state, stack } = context;
    state.pending.delete(pending.relayId);
    const announced = { relayId: randomUUID(), connectorId, signalledAt: stack.clock.now() };
    state.pending.set(announced.relayId, Object.assign(pending, announced));
    const at = state.listeners.signal(connectorId, announced.relayId);
    if (at) Object.assign(pending, at);
    else pending.end({ kind: 'timeout' });
  }
}

/** What is below the external URL is below the internal one. */
function internalUrl({ external, internal }: Application, { pathname, search }: URL): URL {
  const rest = pathname.slice(new URL(folderOf(external)).pathname.length);
  // A path of its own, whatever it begins with: no address of another host.
  return new URL(`./${rest}${search}`, folderOf(internal));
}

/** It would be handed to a connector, which asks for it here, and so on until somebody gives up. */
function returned({ name }: Application): CloudReply {
  const detail = `the request for "${name}" comes back: its internal name leads a connector here`;
  return { status: 508, headers: cameBack, detail };
}

/** What the user gets in the end. */
function shown(ending: Ending): CloudReply {
  switch (ending.kind) {
    case 'response': {
      const { status, headers, body } = ending.response;
      // Documented: the service's own page says so, not the application's.
      if (status === 403) return page(403, 'forbidden', 'the application refuses the user');
      return {
        status,
        headers: {
          'Content-Type': headers['content-type'] ?? 'application/octet-stream',
          ...shows('application'),
        },
        body,
      };
    }
    case 'refused-ticket':
      return page(403, 'forbidden', 'single sign-on at the application failed');
    case 'bad-gateway':
      return page(502, 'bad-gateway', 'the connector could not reach the application');
    case 'unauthorized':
      return page(500, 'connector-unauthorized', "the connector's calls came without its certificate");
    case 'backend-timeout':
      return page(504, 'gateway-timeout', 'the application did not answer in time');
    case 'timeout':
      return page(504, 'gateway-timeout', 'the connector did not come for the request');
  }
}

function page(status: number, name: Parameters<typeof errorPage>[0], detail: string): CloudReply {
  return { status, headers: { ...html, ...shows(name) }, body: errorPage(name), detail };
}
