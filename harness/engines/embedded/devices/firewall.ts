import type { Socket } from 'node:net';
import { type Attempt, decided } from '../../../../mocks/devices/decided.js';
import { peekName } from '../../../../mocks/devices/peek-name.js';
import { refusal } from '../../../../mocks/devices/refusal.js';
import { silence, splice } from '../../../../mocks/devices/splice.js';
import type { Device as DeviceName } from '../../../../model/evidence/vocabulary.js';
import { type Decision, decide, type Policy } from '../../../../model/policy/decide.js';
import { decideByAddress, decideByName } from '../../../../model/policy/decide-by-name.js';
import type { Firewall } from '../../../../model/site/schema.js';
import type { Device, DeviceContext, DeviceKind } from './device.js';

export const hostFirewall: DeviceKind = {
  onServer: (context, server) => firewall(context, 'host-firewall', server['host-firewall']),
};

export const edgeFirewall: DeviceKind = {
  atEdge: (context, { site }) =>
    site.firewall['names-from'] === 'sni'
      ? sniFirewall(context, 'edge-firewall', site.firewall)
      : firewall(context, 'edge-firewall', site.firewall),
};

/** A firewall that knows names from the answers of the resolver. */
function firewall(context: DeviceContext, device: DeviceName, policy: Policy): Device {
  return async (attempt, next) => {
    const decision = decide(policy, attempt.flow);
    decided(context, attempt, { device, ...named(decision) });
    if (decision.action === 'allow') return next();
    throw refusal(decision.action, attempt.flow, attempt.connection);
  };
}

function named({ action, rule, explanation }: Decision) {
  return { action, rule, explanation };
}

/**
 * A firewall that learns names from the ClientHello and the Host header. Where the address alone does
 * not decide, it lets TCP connect and decides on the first bytes.
 */
function sniFirewall(context: DeviceContext, device: DeviceName, policy: Firewall): Device {
  return async (attempt, next) => {
    const early = decideByAddress(policy, attempt.flow);
    if (early) {
      decided(context, attempt, { device, ...named(early) });
      if (early.action === 'allow') return next();
      throw refusal(early.action, attempt.flow, attempt.connection);
    }
    const [client, inner] = await context.fabric.pair();
    void decideOnName(attempt, next, client, inner);
    return client;
  };

  async function decideOnName(attempt: Attempt, next: () => Promise<Socket>, client: Socket, inner: Socket) {
    const name = await peekName(inner);
    if (inner.destroyed) return;
    const decision = decideByName(policy, attempt.flow, name);
    decided(context, attempt, { device, ...named(decision), byName: true });
    if (decision.action === 'allow') {
      try {
        splice(inner, await next());
      } catch {
        // A device further on refused; its evidence is in the log, this client sees a reset.
        inner.resetAndDestroy();
      }
    } else if (decision.action === 'drop') {
      client.destroy(silence(`${attempt.flow.host}: no answer after the connection was made`));
    } else {
      inner.resetAndDestroy();
    }
  }
}
