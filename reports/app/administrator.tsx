import { useEffect } from 'preact/hooks';
import { byAdministrator, salutation } from '../contract/administrators.js';
import type { ChangeRequest } from '../contract/report.js';
import { asCsv } from '../contract/request-csv.js';
import { mailOf } from '../contract/request-mail.js';
import { asText, requestText } from '../contract/request-text.js';
import { whyLines } from '../contract/request-why.js';
import { CopyButton } from './copy-text.js';
import { report, requirementById } from './data.js';
import { Name, RequirementLink } from './parts.js';
import { Events } from './phases.js';
import { toRequest } from './route.js';
import { Targets } from './targets.js';

/** What is broken, as plain requests to those who can change it. */
export function Administrator({ request }: { request?: number }) {
  const { requests, isCheck } = report;
  useEffect(() => {
    const target = request === undefined ? undefined : document.getElementById(`request-${request}`);
    target?.scrollIntoView();
    target?.querySelector('h3')?.focus({ preventScroll: true });
  }, [request]);
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
                {own.map((one) => (
                  <li
                    key={one.number}
                    id={`request-${one.number}`}
                    class={one.number === request ? 'target' : undefined}
                  >
                    <Request request={one} />
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
  return (
    <div class="tools">
      <CopyButton text={() => asText(requests, requirementById, report.closing, report.run)} />
      <button type="button" onClick={() => download('requests.csv', asCsv(requests, requirementById))}>
        Download CSV
      </button>
      <button type="button" onClick={() => print()}>
        Print
      </button>
    </div>
  );
}

/** One request for whoever does it: as a mail, as text, as a place in this file. */
function OneOnly({ request }: { request: ChangeRequest }) {
  return (
    <div class="tools">
      <a class="button" href={mailOf(request, requirementById, report.closing)}>
        Mail this
      </a>
      <CopyButton text={() => `${requestText(request, requirementById)}\n\n${report.closing}\n`} />
      <a class="button" href={toRequest(request.number)}>
        Link to this
      </a>
    </div>
  );
}

function Request({ request }: { request: ChangeRequest }) {
  const { number, kind, ask, decidedBy, rules, reasons, servers, targets, seen, later } = request;
  const { requirements, scenario, events } = request;
  const noInspection = kind === 'allow' && targets.some(({ port }) => port !== 80);
  return (
    <article>
      <h3 class="ask" tabIndex={-1}>
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
            <dt class="screen">Evidence</dt>
            <dd class="screen">
              <Events ids={events} scenario={scenario} most={6} />
            </dd>
          </>
        )}
      </dl>
      <OneOnly request={request} />
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

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
