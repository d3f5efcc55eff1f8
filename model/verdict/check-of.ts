import type { EventOf, LabEvent } from '../evidence/event.js';
import type { Operation } from '../evidence/vocabulary.js';
import type { Internet } from '../path/public-host.js';
import { Walker } from '../path/walk.js';
import { covers } from '../policy/match-host.js';
import { type Cure, cure, kindOf } from '../repair/cure.js';
import type { Request, Stop } from '../repair/request.js';
import { unusedRules } from '../repair/unused-rules.js';
import { catalogueFor } from '../requirements/catalogue.js';
import { carriedBy } from '../requirements/sign.js';
import type { Site } from '../site/schema.js';
import type {
  CheckedRequest,
  CheckResults,
  Consequence,
  Difference,
  IncurableCause,
  NotJudged,
  SeenByUsers,
} from './check-results.js';
import { laterOf } from './later.js';
import { differencesFrom } from './lived.js';
import { notJudgedIn } from './not-judged.js';
import { type FoundResult, resultsOf } from './results-of.js';
import { RuleSources } from './rule-sources.js';
import { usersSaw } from './users-saw.js';

export interface Lived {
  site: Site;
  internet: Internet;
  events: readonly LabEvent[];
}

/**
 * What a lived life and the walk through the site's devices say together. The walk finds what has to be
 * mended, also behind what failed first; the life shows that it is so, and what users see of it. Whatever
 * failed is charged to a cause of its server, or told as what nothing explains.
 */
export function checkSiteLived({ site, internet, events }: Lived): CheckResults {
  const control = events.filter(({ phase }) => phase === 'control');
  const change = events.filter(({ phase }) => phase === 'change');
  const unused = unusedRules(site, internet);
  const notJudged = notJudgedIn(site, internet);
  const nothing = { requests: [], incurable: [], consequences: [], unused, notJudged };
  const failedControl = failuresOfControl(control);
  if (failedControl.length > 0)
    return { outcome: 'control-failed', ...nothing, users: [], differences: failedControl };
  const causes = new Causes(cure(site, internet), notJudged, change, site);
  const consequences = resultsOf(change)
    .filter(({ result }) => result !== 'ok')
    .flatMap((result) => causes.charge(result));
  causes.tellLater(change[0]?.at ?? 0);
  const users = usersSaw(change, site);
  const compared = differencesFrom(change, site, new Walker(site, internet));
  const told = new Set(compared.flatMap((one) => one.events));
  const differences = [
    ...compared,
    ...causes.unexplained.filter((one) => !one.events.some((id) => told.has(id))),
    ...(causes.isEmpty ? users.filter(({ works }) => !works).map(withoutCause) : []),
  ];
  const { requests, incurable } = causes;
  const outcome = outcomeOf(differences, causes, notJudged);
  return { outcome, requests, incurable, consequences, users, differences, unused, notJudged };
}

/** A life that ended in the middle because the lab did: what happened until then is no verdict. */
export function checkOfFailedLab(words: string): CheckResults {
  const nothing = { requests: [], incurable: [], consequences: [], users: [], unused: [], notJudged: [] };
  return { outcome: 'lab-failed', ...nothing, differences: [{ words, events: [] }] };
}

function outcomeOf(
  differences: readonly Difference[],
  { requests, incurable }: Causes,
  notJudged: readonly NotJudged[],
): CheckResults['outcome'] {
  if (differences.length > 0) return 'contradiction';
  if (requests.length + incurable.length > 0) return 'broken';
  return notJudged.length > 0 ? 'undetermined' : 'works';
}

/** Whatever does not work in the documented site, in words. */
function failuresOfControl(control: readonly LabEvent[]): Difference[] {
  const results = resultsOf(control);
  if (results.length === 0) return [{ words: 'nothing happened in the documented site', events: [] }];
  const failed = results.filter(({ result }) => result !== 'ok').map(inWords);
  const seen = control.flatMap((event) => {
    if (event.kind === 'visit' && event.page !== 'application')
      return [{ words: `a user at ${event.url} saw ${event.page}`, events: [event.id] }];
    if (event.kind === 'access' && event.outcome !== 'ok')
      return [
        { words: `a user's connection to ${event.host}:${event.port}: ${event.outcome}`, events: [event.id] },
      ];
    return [];
  });
  return [...failed, ...seen];
}

function inWords({ server, operation, result, host, port, events }: FoundResult): Difference {
  const place = host === undefined ? '' : ` at ${host}${port === undefined ? '' : `:${port}`}`;
  return { words: `${server} ${operation}: ${result}${place}`, events };
}

function withoutCause({ name, saw, events }: SeenByUsers): Difference {
  return { words: `users of ${name} saw ${saw}, and nothing explains it`, events };
}

/** What has to be mended, and the failures that show it or follow from it. */
class Causes {
  readonly requests: CheckedRequest[];
  readonly incurable: IncurableCause[];
  readonly unexplained: Difference[] = [];
  /** What failed in the life for each request. */
  readonly #failed = new Map<CheckedRequest | IncurableCause, Set<Operation>>();

  constructor(
    { requests, incurable }: Cure,
    private readonly notJudged: readonly NotJudged[],
    change: readonly LabEvent[],
    private readonly site: Site,
  ) {
    const sources = new RuleSources(site);
    const attempts = change.filter((event): event is EventOf<'attempt'> => event.kind === 'attempt');
    this.requests = requests.map((request) => checked(request, attempts, sources));
    this.incurable = merged(incurable.map(causeOf));
  }

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  get #all(): { servers: string[] }[] {
    return [...this.requests, ...this.incurable, ...this.notJudged];
  }

  /** Charges a failure to what shows in it; what only follows from something is returned. */
  charge(found: FoundResult): Consequence[] {
    const { device, rule, server, operation, result, host, port, events } = found;
    if (device === 'cloud' && rule !== undefined && result !== 'not-attempted') this.#addFault(found);
    const shown = [...this.requests, ...this.incurable].filter((cause) => this.#shows(found, cause));
    for (const cause of shown) {
      addNew(cause.events, events);
      this.#failed.set(cause, (this.#failed.get(cause) ?? new Set()).add(operation));
    }
    if (shown.length > 0) return [];
    const hasCause = this.#all.some(({ servers }) => servers.includes(server));
    if (!hasCause) {
      const { words } = inWords(found);
      this.unexplained.push({ words: `${words}, and nothing explains it`, events });
      return [];
    }
    return [
      {
        ...{ server, operation, result, events },
        ...(host !== undefined && { host }),
        ...(port !== undefined && { port }),
      },
    ];
  }

  /** Once everything that failed is charged: which requests are felt only later. `at`: when the life began. */
  tellLater(at: number): void {
    for (const request of this.requests) {
      const later = laterOf(this.#failed.get(request) ?? new Set(), at);
      if (later !== undefined && request.targets.every(({ reached }) => reached)) request.later = later;
    }
  }

  #shows(found: FoundResult, cause: CheckedRequest | IncurableCause): boolean {
    const { device, rule, server, host, result } = found;
    if (result === 'not-attempted' || !cause.servers.includes(server)) return false;
    const [deciders, rules] =
      'rules' in cause ? [cause.decidedBy, cause.rules] : [[cause.device], [cause.rule]];
    const isRule = rule === undefined ? rules.length === 0 : rules.includes(rule);
    if (device !== undefined && deciders.includes(device) && isRule) {
      const targets = 'targets' in cause ? cause.targets : [];
      return targets.length === 0 || targets.some((one) => host !== undefined && covers(one.host, host));
    }
    // A sign of how it ended, where nobody on the way decided.
    return (
      device === undefined &&
      carriedBy(catalogueFor(this.site), { ...found, byAccount: false }).some(
        ({ row, sign }) => sign.by === 'result' && !sign.alsoPlace && isOwn(row.id, cause),
      )
    );
  }

  /** A switch of the mock cloud: what the service itself does wrong is nobody's to mend. */
  #addFault({ rule = '', server, host }: FoundResult): void {
    const known = this.incurable.find((one) => one.device === 'cloud' && one.rule === rule);
    if (known) addNew(known.servers, [server]);
    else
      this.incurable.push({
        ...{ device: 'cloud', rule, explanation: `the service itself does it${host ? `, at ${host}` : ''}` },
        ...{ servers: [server], requirements: [], events: [] },
      });
  }
}

/** Signs by result are of settings: those of hosts are charged by who decided. */
function isOwn(id: string, { requirements }: CheckedRequest | IncurableCause): boolean {
  return id.startsWith('hidden/') || id.startsWith('server/') ? requirements.includes(id) : false;
}

function checked(
  request: Request,
  attempts: readonly EventOf<'attempt'>[],
  sources: RuleSources,
): CheckedRequest {
  const own = attempts.filter(({ machine }) => request.servers.includes(machine));
  const isReached = ({ host, port }: Request['targets'][number]) =>
    own.some((attempt) => attempt.port === port && covers(host, attempt.host));
  return {
    ...request,
    ask: kindOf(request).words(request),
    sources: sources.of(request.rules),
    targets: request.targets.map((target) => ({ ...target, reached: isReached(target) })),
    events: [],
  };
}

function causeOf(stop: Stop): IncurableCause {
  if (stop.by === 'setting') {
    const { device, rule, explanation, server, requirements } = stop;
    return {
      ...{ device, rule, explanation, servers: server ? [server] : [] },
      ...{ requirements: [...requirements], events: [] },
    };
  }
  const { hop, way, requirements } = stop;
  return {
    device: hop.device,
    ...(hop.rule !== undefined && { rule: hop.rule }),
    explanation: hop.explanation,
    servers: [way.flow.server],
    requirements: [...requirements],
    events: [],
  };
}

function merged(causes: readonly IncurableCause[]): IncurableCause[] {
  const found = new Map<string, IncurableCause>();
  for (const cause of causes) {
    const key = JSON.stringify([cause.device, cause.rule]);
    const known = found.get(key);
    if (!known) {
      found.set(key, cause);
      continue;
    }
    addNew(known.servers, cause.servers);
    addNew(known.requirements, cause.requirements);
  }
  return [...found.values()];
}

function addNew<T>(list: T[], more: readonly T[]): void {
  for (const one of more) if (!list.includes(one)) list.push(one);
}
