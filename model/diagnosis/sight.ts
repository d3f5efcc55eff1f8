import type { Operation } from '../evidence/vocabulary.js';
import { rowId } from '../requirements/documented-host.js';
import { documentedHosts } from '../requirements/documented-hosts.js';
import { rowsFor } from '../requirements/lookup.js';
import type { Attempt, Evidence } from './evidence.js';
import { endsAtKnown } from './known-issuers.js';
import { type Symptom, symptomOf } from './symptom.js';

/** An attempt with what can be read off it. */
export interface Seen extends Attempt {
  symptom: Symptom;
  /** The row of the requirements page that opens its host; absent: a host of the site's own, or nobody's. */
  row?: string;
  /** The certificates that it was shown end at nobody's authority whom the service uses. */
  forged: boolean;
}

/** Something that did not work and wants a cause. */
export interface Problem {
  id: string;
  text: string;
  server?: string;
}

/** Evidence, read for the first time. */
export class Sight {
  readonly attempts: readonly Seen[];
  /** Attempts that failed for a reason of their own. */
  readonly failed: readonly Seen[];
  readonly servers: ReadonlySet<string>;

  constructor(readonly evidence: Evidence) {
    const used = new Set<string>();
    const rows = new Map<string, string | undefined>();
    const attempts = evidence.attempts.map((attempt): Seen => {
      const told = symptomOf(attempt, used);
      if (told === 'works' && attempt.connection !== undefined) used.add(attempt.connection);
      const place = `${attempt.host}:${attempt.port}`;
      if (!rows.has(place)) rows.set(place, rowOf(attempt.host, attempt.port));
      const row = rows.get(place);
      const chain = attempt.shown?.chain ?? [];
      const forged = row !== undefined && chain.length > 0 && !endsAtKnown(chain);
      // The list that could not be fetched is the forger's, where nobody may forge.
      const isOfForger = told === 'follows' && forged && row !== undefined && rowsOfService.has(row);
      const symptom = isOfForger && attempt.outcome === 'tls-revocation-offline' ? 'forged' : told;
      return { ...attempt, symptom, ...(row !== undefined && { row }), forged };
    });
    this.attempts = withFollowing(attempts, evidence);
    const waitedFor = new Set(this.attempts.flatMap(({ because }) => because ?? []));
    this.failed = this.attempts.filter(
      ({ id, symptom, row, operation }) =>
        symptom !== 'works' &&
        symptom !== 'follows' &&
        // A list of the site's own authority, for which nothing has failed.
        (row !== undefined || operation !== 'revocation-check' || waitedFor.has(id)),
    );
    this.servers = new Set(this.attempts.map(({ server }) => server));
  }

  /** Attempts that failed in one of some ways. */
  with(...symptoms: readonly Symptom[]): Seen[] {
    return this.failed.filter(({ symptom }) => symptoms.includes(symptom));
  }

  /** All that did not work and is not merely told once more by something else here. */
  problems(): Problem[] {
    const { operations, pages, accesses } = this.evidence;
    const troubled = new Set(
      this.attempts.filter(isTrouble).map(({ server, operation }) => `${server} ${operation}`),
    );
    const isServed = (operation: string) =>
      ![...this.servers].some((server) => troubled.has(`${server} ${operation}`));
    const quiet = [...serving, 'deliver'].every(isServed) && this.isAllRunning();
    return [
      ...this.failed.map(({ id, server, host, port, outcome, account }) => ({
        ...{ id, server },
        text: `${account} to ${host}:${port}: ${outcome}`,
      })),
      ...operations
        .filter(
          ({ server, operation, outcome }) =>
            outcome !== 'ok' && outcome !== 'not-attempted' && !troubled.has(`${server} ${operation}`),
        )
        .map(({ id, server, operation, outcome }) => ({ id, server, text: `${operation}: ${outcome}` })),
      ...this.evidence.facts
        .filter(({ met }) => !met)
        .map(({ id, server, fact, found, needed }) => ({
          id,
          server,
          text: `${fact}: ${found}, needed ${needed}`,
        })),
      ...(quiet ? pages.filter(({ page }) => isBad(page)) : this.unasked().pages).map(
        ({ id, url, page }) => ({
          id,
          text: `${url} shows ${page}`,
        }),
      ),
      ...(isServed('tunnel') && quiet ? accesses.filter(({ outcome }) => outcome !== 'ok') : []).map(
        ({ id, host, port, outcome }) => ({ id, text: `access to ${host}:${port}: ${outcome}` }),
      ),
    ];
  }

  /**
   * Requests that came to no connector, though connectors listen, are asked for others, and come to every gateway
   * that they are sent to: what is wrong with applications themselves, or with what brings responses back,
   * explains none of them. `count`: so many of these pages were not asked for; where a response did not come
   * back for others, nobody knows for which.
   */
  unasked(): { pages: Evidence['pages']; count: number } {
    const { pages } = this.evidence;
    const lost = pages.filter(({ page }) => page === 'gateway-timeout');
    const meetings = this.attempts.filter(({ purpose }) => purpose === meeting);
    const listening = this.attempts.filter(
      ({ operation }) => operation === 'bootstrap' || operation === 'listen',
    );
    const isServed =
      meetings.length > 0 && [...meetings, ...listening].every(({ symptom }) => symptom === 'works');
    const count = pages.length - meetings.length;
    const isSome = isServed && this.isAllRunning() && count > 0 && count <= lost.length;
    return isSome ? { pages: lost, count } : { pages: [], count: 0 };
  }

  /** Whether no service was seen stopped by somebody, the last time that each was looked at. */
  isAllRunning(): boolean {
    return this.evidence.facts.every(({ fact, met }) => fact !== 'services-running' || met);
  }
}

/**
 * What only follows from an operation before: a registration that the service took and the connector did not
 * finish leaves it with a certificate of the one before; without a new report it listens at addresses of old.
 */
function withFollowing(attempts: readonly Seen[], { operations }: Evidence): Seen[] {
  const replaced = new Set(
    operations
      .filter(({ server, operation, outcome }) => {
        const isTaken = attempts.some(
          (one) => one.server === server && one.purpose === registering && one.symptom === 'works',
        );
        return operation === 'register' && outcome !== 'ok' && isTaken;
      })
      .map(({ server }) => server),
  );
  const unreported = new Set(
    attempts
      .filter(({ operation, symptom }) => operation === 'bootstrap' && symptom !== 'works')
      .map(({ server }) => server),
  );
  return attempts.map((one): Seen => {
    if (one.forged) return one;
    const isOld = one.symptom === 'unauthorized' && replaced.has(one.server);
    const isLost =
      one.symptom === 'refused-by-service' && one.operation === 'listen' && unreported.has(one.server);
    return isOld || isLost ? { ...one, symptom: 'follows' } : one;
  });
}
const registering = 'register the connector';
const meeting = 'meet the request at the gateway';
/** Where the page wants nobody to read TLS. */
const rowsOfService: ReadonlySet<string> = new Set(
  (['public', 'us-government'] as const).flatMap((environment) =>
    documentedHosts(environment)
      .filter(({ group }) => group === 'service')
      .map(rowId),
  ),
);
/** Without these no connector is asked. */
const serving: readonly Operation[] = ['bootstrap', 'listen', 'register'];

function isTrouble({ symptom }: Seen): boolean {
  return symptom !== 'works';
}

function isBad(page: string): boolean {
  return ['gateway-timeout', 'bad-gateway', 'forbidden', 'connector-unauthorized', 'service-error'].includes(
    page,
  );
}

/** The row of its own where a host has one, as it says more than the suffix that happens to cover it. */
function rowOf(host: string, port: number): string | undefined {
  const rows = [...rowsFor(host, port, 'public'), ...rowsFor(host, port, 'us-government')];
  const row = rows.find(({ match }) => match === 'exact') ?? rows[0];
  return row && rowId(row);
}
