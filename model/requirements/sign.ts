import type { Device, Fact, Operation, ResultName } from '../evidence/vocabulary.js';

/** By what a failed result shows that it breaks a requirement, whatever host it was about. */
export type Sign =
  /** A device decided; where a setting is named, by this setting, and of the server by this fact. */
  | { by: 'device'; device: Exclude<Device, 'server'>; setting?: string }
  | { by: 'device'; device: 'server'; fact: Fact }
  /** A rule of a firewall decided by the Windows account. */
  | { by: 'account' }
  /** How it ended. `alsoPlace`: what is documented of the host is broken all the same. */
  | { by: 'result'; result: ResultName; operation?: Operation; alsoPlace?: true };

/** The host itself was open; what was not is where its certificate's revocation is published. */
export const revocationOffline: Sign = { by: 'result', result: 'tls-revocation-offline' };

/** What is known of a failed result. */
export interface Failed {
  operation: Operation;
  result: ResultName;
  device?: Device;
  rule?: string;
  /** Whether the rule that decided is about an account. */
  byAccount: boolean;
}

/** Who decided says more than how it ended; a sign counts where none before its kind is there. */
const order = ['device', 'account', 'result'] as const satisfies readonly Sign['by'][];

/** Those of the signs that a result carries and that say most about it. */
export function carriedBy<Row extends { signs: readonly Sign[] }>(
  rows: readonly Row[],
  failed: Failed,
): { row: Row; sign: Sign }[] {
  const carried = rows.flatMap((row) =>
    row.signs.filter((sign) => carries(failed, sign)).map((sign) => ({ row, sign })),
  );
  const strongest = order.find((by) => carried.some(({ sign }) => sign.by === by));
  return carried.filter(({ sign }) => sign.by === strongest);
}

function carries({ operation, result, device, rule, byAccount }: Failed, sign: Sign): boolean {
  switch (sign.by) {
    case 'device':
      if (sign.device === 'server') return device === 'server' && rule === sign.fact;
      return (
        device === sign.device && (sign.setting === undefined || (rule ?? '').startsWith(`${sign.setting} `))
      );
    case 'account':
      return byAccount;
    case 'result':
      return result === sign.result && (sign.operation === undefined || operation === sign.operation);
  }
}
