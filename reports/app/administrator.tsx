import { useSignal } from '@preact/signals';
import type { ChangeRequest, RequestKind } from '../contract/report.js';
import { asCsv, asText, whyLines } from '../contract/request-text.js';
import { report, requirementById } from './data.js';
import { Name, RequirementLink } from './parts.js';
import { Events } from './phases.js';

const headings: Record<RequestKind, string> = {
  allow: 'Allow connections',
  proxy: 'Let through the proxy',
  'do-not-inspect': 'Do not inspect TLS',
  resolve: 'Answer names',
  'keep-idle': 'Keep idle connections',
  'do-not-lose': 'Lose no packets',
  application: 'Let the server reach the application',
  server: 'Change the server',
  'allow-documented': 'Allow connections',
};

/** What is broken, as plain requests to those who can change it. */
export function Administrator() {
  const { requests, isCheck } = report;
  const isDocumented = requests.some(({ kind }) => kind === 'allow-documented');
  return (
    <>
      <h1 tabIndex={-1}>What to tell your administrator</h1>
      {requests.length === 0 ? (
        <p class="intro">
          {isCheck
            ? 'Nothing documented is broken in this site: there is nothing to ask for.'
            : 'Nothing is broken.'}
        </p>
      ) : (
        <>
          <p class="intro">
            {isDocumented
              ? 'Nothing is broken in this run. This is what to ask for on a new site: the documented hosts that the connector was seen to use, and the accounts that used them.'
              : `${requests.length} change${requests.length === 1 ? '' : 's'} to ask for${report.site ? ` in the site “${report.site}”` : ''}. Each was seen in a simulation of the site, with the evidence linked.`}
          </p>
          <Tools requests={requests} />
          <ol class="requests">
            {requests.map((request, index) => (
              <li key={index}>
                <Request request={request} number={index + 1} />
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function Tools({ requests }: { requests: readonly ChangeRequest[] }) {
  const said = useSignal('');
  const copy = async () => {
    const text = asText(requests, requirementById);
    // A page opened from disk may not have a clipboard of its own.
    said.value = (await copyText(text))
      ? 'Copied.'
      : 'This browser does not let the page copy; use the CSV file.';
  };
  return (
    <div class="tools">
      <button type="button" onClick={() => void copy()}>
        Copy as text
      </button>
      <button type="button" onClick={() => download('change-request.csv', asCsv(requests, requirementById))}>
        Download CSV
      </button>
      <button type="button" onClick={() => print()}>
        Print
      </button>
      <span role="status" class="quiet">
        {said.value}
      </span>
    </div>
  );
}

function Request({ request, number }: { request: ChangeRequest; number: number }) {
  const { kind, ask, device, rule, servers, targets, seen, requirements, scenario, events } = request;
  const noInspection = kind === 'allow' && targets.some(({ port }) => port !== 80);
  return (
    <article>
      <h2>
        {number}. {headings[kind]}
      </h2>
      <p class="ask">{ask}</p>
      {noInspection && <p>Port 443 without TLS inspection.</p>}
      {targets.length > 0 && (
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
            {targets.map(({ host, port, accounts, observed }) => (
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
                </td>
                <td>{port === undefined ? 'any' : `TCP ${port}`}</td>
                <td>{servers.join(', ') || 'connector servers'}</td>
                <td>{accounts.join(', ') || 'any'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <dl class="about">
        {device && device !== 'server' && (
          <>
            <dt>Today</dt>
            <dd>
              {device}
              {rule && (
                <>
                  , rule{' '}
                  <code>
                    <Name text={rule} />
                  </code>
                </>
              )}
            </dd>
          </>
        )}
        {seen.length > 0 && (
          <>
            <dt>Seen</dt>
            <dd>{seen.join('; ')}</dd>
          </>
        )}
        <dt>Why</dt>
        <dd>
          {whyLines(request, requirementById).map((line) => (
            <p key={line}>{line}</p>
          ))}
        </dd>
        {kind !== 'allow-documented' && (
          <>
            <dt>Requirements</dt>
            <dd class="links">
              {requirements.map((id) => (
                <RequirementLink key={id} id={id} />
              ))}
            </dd>
          </>
        )}
        {scenario !== undefined && events.length > 0 && (
          <>
            <dt>Evidence</dt>
            <dd>
              <Events ids={events} scenario={scenario} most={6} />
            </dd>
          </>
        )}
      </dl>
    </article>
  );
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
