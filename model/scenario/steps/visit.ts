import type { Page } from '../../evidence/vocabulary.js';
import type { StepKind } from '../step-kind.js';

/** A user opens an external URL. */
interface Visit {
  do: 'visit';
  url: string;
  user?: string;
}

interface VisitExpectation {
  kind: 'visit';
  url: string;
  page: Page;
  user?: string;
  /** Every visit of the phase shows the page; else the last one does. */
  every?: true;
}

export const kind: StepKind<Visit, VisitExpectation> = {
  do: 'visit',
  words: ({ url }) => `a user opens ${url}`,
  async perform({ url, user }, verbs) {
    await verbs.visit(url, user);
    await verbs.idle();
  },
  refers: { url: 'application', user: 'user' },
  look: {
    kind: 'visit',
    step: ({ url, user }) => make(url, user),
    // A delivery begins with a user who visits; the connector's part of it is looked at afterwards.
    before: 'deliver',
    operation: () => 'deliver',
    whereAllWorks: (expectation) => ({ ...expectation, page: 'application' }),
    see({ url, user, page, every }, evidence) {
      const visits = evidence
        .of('visit')
        .filter((event) => event.url === url && (user === undefined || event.user === user));
      const other = every && visits.find((event) => event.page !== page);
      const event = other || visits.at(-1);
      return { subject: `${user ?? 'user'} visits ${url}`, event, observed: event?.page, expected: page };
    },
    refers: { url: 'application', user: 'user', page: 'page' },
  },
};

export function make(url: string, user?: string): Visit {
  return { do: 'visit', url, ...(user && { user }) };
}

/** `user.visits(url).gets(page)`, or `alwaysGets` where every visit of the phase has to. */
export function visits(url: string, by?: string) {
  const base = { kind: 'visit', url, ...(by && { user: by }) } as const;
  return {
    gets: (page: Page): VisitExpectation => ({ ...base, page }),
    alwaysGets: (page: Page): VisitExpectation => ({ ...base, page, every: true }),
  };
}
