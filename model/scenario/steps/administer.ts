import { type AdministratorAction, administrationInWords } from '../../site/administration.js';
import type { StepKind } from '../step-kind.js';

/** An administrator changes something through Graph; the first of the tenant, where no user is named. */
interface Administer {
  do: 'administer';
  what: AdministratorAction;
  user?: string;
}

interface AdministrationExpectation {
  kind: 'administration';
  what: AdministratorAction;
  /** `done`, or the code of Graph's error. */
  outcome: string;
  user?: string;
}

const words = ({ what, user = 'an administrator' }: Pick<Administer, 'what' | 'user'>) =>
  `${user} ${administrationInWords(what)}`;

export const kind: StepKind<Administer, AdministrationExpectation> = {
  do: 'administer',
  words,
  perform: ({ what, user }, verbs) => verbs.administer(what, user),
  refers: { user: 'user' },
  look: {
    kind: 'administration',
    step: ({ what, user }) => make(what, user),
    whereAllWorks: (expectation) => ({ ...expectation, outcome: 'done' }),
    see({ what, user, outcome }, evidence) {
      const text = administrationInWords(what);
      const event = evidence
        .of('administration')
        .findLast((one) => one.text === text && (user === undefined || one.user === user));
      return { subject: words({ what, user }), event, observed: event?.outcome, expected: outcome };
    },
    refers: { user: 'user' },
  },
};

export function make(what: AdministratorAction, user?: string): Administer {
  return { do: 'administer', what, ...(user && { user }) };
}

/** `administrator.does(what).gets(outcome)`: `done`, or the code of Graph's error. */
export function does(what: AdministratorAction, by?: string) {
  return {
    gets: (outcome: string): AdministrationExpectation => ({
      kind: 'administration',
      what,
      outcome,
      ...(by && { user: by }),
    }),
  };
}
