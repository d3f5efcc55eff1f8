import type { StepKind } from '../step-kind.js';

/** The administrator looks for a connector on the connectors page. */
interface ViewPortal {
  do: 'view-portal';
  connector: string;
}

interface PortalExpectation extends PortalDetails {
  kind: 'portal';
  connector: string;
  status: 'active' | 'inactive' | 'absent';
}

/** What else stands beside a connector on the page. */
interface PortalDetails {
  version?: string;
  group?: string;
}

export const kind: StepKind<ViewPortal, PortalExpectation> = {
  do: 'view-portal',
  words: ({ connector }) => `the administrator looks for ${connector} in the portal`,
  perform: ({ connector }, verbs) => verbs.viewPortal(connector),
  refers: { connector: 'server' },
  look: {
    kind: 'portal',
    step: ({ connector }) => make(connector),
    operation: ({ connector }, server) => (connector === server ? 'bootstrap' : undefined),
    whereAllWorks: (expectation) => ({ ...expectation, status: 'active' }),
    see(expectation, evidence) {
      const { connector } = expectation;
      const event = evidence.of('portal').findLast((one) => one.connector === connector);
      const label = ({ status, version, group }: Omit<PortalExpectation, 'kind' | 'connector'>) =>
        [
          status,
          ...(expectation.version ? [`version ${version ?? 'unknown'}`] : []),
          ...(expectation.group ? [`group ${group ?? 'none'}`] : []),
        ].join(', ');
      return {
        subject: `portal shows ${connector}`,
        event,
        observed: event && label(event),
        expected: label(expectation),
      };
    },
    refers: { connector: 'server' },
  },
};

export function make(connector: string): ViewPortal {
  return { do: 'view-portal', connector };
}

/** `portal.connector(name).isActive()`, with version and group where they matter. */
export function connector(connector: string) {
  const base = { kind: 'portal', connector } as const;
  return {
    isActive: (details: PortalDetails = {}): PortalExpectation => ({ ...base, status: 'active', ...details }),
    isInactive: (details: PortalDetails = {}): PortalExpectation => ({
      ...base,
      status: 'inactive',
      ...details,
    }),
    isAbsent: (): PortalExpectation => ({ ...base, status: 'absent' }),
  };
}
