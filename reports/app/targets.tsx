import type { Target } from '../contract/report.js';
import { Name } from './parts.js';

/** The places that a request is about, who has to reach them, and whether anything tried to. */
export function Targets({ targets, servers }: { targets: readonly Target[]; servers: readonly string[] }) {
  if (targets.length === 0) return null;
  return (
    <table class="stack targets">
      <thead>
        <tr>
          <th scope="col">Host</th>
          <th scope="col">Port</th>
          <th scope="col">From</th>
          <th scope="col">Account</th>
        </tr>
      </thead>
      <tbody>
        {targets.map(({ host, port, accounts, observed, reached }) => (
          <tr key={`${host}:${port}`}>
            <td>
              <code>
                <Name text={host} />
              </code>
              {observed.length > 0 && (
                <p class="quiet">
                  seen: <Name text={observed.slice(0, 3).join(', ')} />
                  {observed.length > 3 && ` and ${observed.length - 3} more`}
                </p>
              )}
              {!reached && <p class="quiet">not reached in this run, since earlier steps failed</p>}
            </td>
            <td>{port === undefined ? 'any' : `TCP ${port}`}</td>
            <td>{servers.join(', ') || 'connector servers'}</td>
            <td>{accounts.join(', ') || 'any'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
