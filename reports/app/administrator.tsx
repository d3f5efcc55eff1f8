import { useSignal } from '@preact/signals';
import { byAdministrator, salutation } from '../contract/administrators.js';
import type { ChangeRequest } from '../contract/report.js';
import { asCsv } from '../contract/request-csv.js';
import { asText } from '../contract/request-text.js';
import { whyLines } from '../contract/request-why.js';
import { report, requirementById } from './data.js';
import { Name, RequirementLink } from './parts.js';
import { Events } from './phases.js';
import { Targets } from './targets.js';

/** What is broken, as plain requests to those who can change it. */
export function Administrator() {
  const { requests, isCheck } = report;
  const groups = byAdministrator(requests);
  return (
    <>
      <h1 tabIndex={-1}>What to tell your administrator</h1>
      {requests.length === 0 ? (
        <p class="intro">
          {isCheck ? `${report.closing} There is nothing to ask for.` : 'Nothing is broken.'}
        </p>
      ) : (
        <>
          <p class="intro">
            <Intro requests={requests} />
            {groups.length > 1 && ' The numbers are the order in which mending helps.'}
          </p>
          <Tools requests={requests} />
          {groups.map(({ administrator, requests: own }) => (
            <section key={administrator}>
              <h2>{salutation(administrator)}</h2>
              <ol class="requests">
                {own.map((request) => (
                  <li key={request.number}>
                    <Request request={request} />
                  </li>
                ))}
              </ol>
            </section>
          ))}
        </>
      )}
    </>
  );
}

function Intro({ requests }: { requests: readonly ChangeRequest[] }) {
  if (requests.some(({ kind }) => kind === 'allow-documented'))
    return (
      <>
        Nothing is broken in this run. This is what to ask for on a new site: the documented hosts that the
        connector was seen to use, and the accounts that used them.
      </>
    );
  return (
    <>
      {requests.length} change{requests.length === 1 ? '' : 's'} to ask for
      {report.site !== undefined && (
        <>
          {' '}
          in the site “<Name text={report.site} />”
        </>
      )}
      . {report.isCheck && 'All of them together mend it, and each is needed. '}Each was found in a simulation
      of the site, with the evidence linked.
    </>
  );
}

function Tools({ requests }: { requests: readonly ChangeRequest[] }) {
  const said = useSignal('');
  const copy = async () => {
    const text = asText(requests, requirementById, report.closing, report.run);
    // A page opened from disk may not have a clipboard of its own.
    said.value = (await copyText(text))
      ? 'Copied.'
      : 'This browser does not let the page copy; requests.txt beside this file has the text.';
  };
  return (
    <div class="tools">
      <button type="button" onClick={() => void copy()}>
        Copy as text
      </button>
      <button type="button" onClick={() => download('requests.csv', asCsv(requests, requirementById))}>
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

function Request({ request }: { request: ChangeRequest }) {
  const { number, kind, ask, decidedBy, rules, reasons, servers, targets, seen, later } = request;
  const { requirements, scenario, events } = request;
  const noInspection = kind === 'allow' && targets.some(({ port }) => port !== 80);
  return (
    <article>
      <h3 class="ask">
        {number}. <Name text={ask} />
      </h3>
      {noInspection && <p>Port 443 without TLS inspection.</p>}
      <Targets targets={targets} servers={servers} />
      <dl class="about">
        {decidedBy.length > 0 && (
          <>
            <dt>Today</dt>
            <dd>
              {decidedBy.join(', ')}
              {rules.map((rule, index) => (
                <span key={rule}>
                  {index === 0 ? (rules.length > 1 ? ', rules ' : ', rule ') : ', '}
                  <code>
                    <Name text={rule} />
                  </code>
                </span>
              ))}
              <Reasons reasons={reasons} />
            </dd>
          </>
        )}
        {seen.length > 0 && (
          <>
            <dt>Seen</dt>
            <dd>{seen.join('; ')}</dd>
          </>
        )}
        {later !== undefined && (
          <>
            <dt>Later</dt>
            <dd>{later}</dd>
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

/** Why the devices decide so: often the same for many hosts, so that the first few are enough at first. */
function Reasons({ reasons }: { reasons: readonly string[] }) {
  const [first, ...others] = reasons;
  if (first === undefined) return null;
  return (
    <>
      <p class="quiet">
        <Name text={first} />
      </p>
      {others.length > 0 && (
        <details class="quiet">
          <summary>and {others.length} more like it</summary>
          {others.map((reason) => (
            <p key={reason}>
              <Name text={reason} />
            </p>
          ))}
        </details>
      )}
    </>
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
