import type { CheckResults } from '../../model/verdict/check-results.js';
import { byAdministrator, salutation } from '../contract/administrators.js';
import { consequencesInWords } from '../contract/consequences.js';
import { notJudgedInWords } from '../contract/not-judged.js';
import { todayOf } from '../contract/request-why.js';
import { sawInWords } from '../contract/users-saw.js';
import { report } from './data.js';
import { Name } from './parts.js';
import { Events } from './phases.js';
import { toRequest } from './route.js';

/** Of one request, before the rest is one link away. */
const mostPlaces = 6;

/** What a check found in the site: what to mend, what follows from it, what users saw. */
export function CheckSections({ check }: { check: CheckResults }) {
  return (
    <>
      <Differences check={check} />
      <ToMend />
      <Incurable check={check} />
      <Lines heading="Neither open nor closed by anything that is known" lines={notJudgedInWords(check)} />
      <Follows check={check} />
      <Users check={check} />
      <Lines heading="Rules to look at" lines={report.rules} />
    </>
  );
}

function Differences({ check: { outcome, differences } }: { check: CheckResults }) {
  if (differences.length === 0) return null;
  return (
    <div class="notice differences">
      <p>
        <strong>
          {outcome === 'control-failed'
            ? 'The lab failed, and nothing is said of the site. This failed in the documented site:'
            : outcome === 'lab-failed'
              ? 'The lab failed, and nothing is said of the site. This failed:'
              : 'A defect of connector-lab, please report it: the lab does not agree with itself.'}
        </strong>
      </p>
      <ul>
        {differences.map(({ words, events }) => (
          <li key={words}>
            <Name text={words} /> <Events ids={events} scenario="check" />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ToMend() {
  const groups = byAdministrator(report.requests);
  if (groups.length === 0) return null;
  return (
    <section class="to-mend">
      <h2>To mend</h2>
      <p class="lead">
        {groups.length > 1 && 'The numbers are the order in which mending helps. '}
        <a href="#/administrator">All of it, ready to be sent to those who can do it</a>
      </p>
      {groups.map(({ administrator, requests }) => (
        <section key={administrator}>
          <h3>{salutation(administrator)}</h3>
          <ol class="cards">
            {requests.map((request) => {
              const { number, ask, reasons, targets, later, events } = request;
              const unreached = targets.filter(({ reached }) => !reached).length;
              const today = todayOf(request);
              return (
                <li key={number}>
                  <p>
                    <strong>
                      <a href={toRequest(number)}>{number}.</a> <Name text={ask} />
                    </strong>
                  </p>
                  <Places request={request} />
                  <p class="quiet">
                    {today !== '' && (
                      <>
                        Today: <Name text={today} />:{' '}
                      </>
                    )}
                    <Name text={reasons[0] ?? ''} />
                    {reasons.length > 1 && `, and ${reasons.length - 1} more like it`}
                  </p>
                  {later !== undefined && <p class="quiet">Later: {later}.</p>}
                  {unreached > 0 && (
                    <p class="quiet">
                      {unreached} of {targets.length} places were not reached in this run, since earlier steps
                      failed: the rules of the devices on the way say it.
                    </p>
                  )}
                  <Events ids={events} scenario="check" most={4} />
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </section>
  );
}

/** The places below, of which the sentence above only says how many they are. */
function Places({ request: { number, ask, targets } }: { request: (typeof report.requests)[number] }) {
  const places = targets.map(({ host, port }) => (port === undefined ? host : `${host}:${port}`));
  if (places.every((place) => ask.includes(place))) return null;
  const left = places.length - mostPlaces;
  return (
    <p class="places">
      {places.slice(0, mostPlaces).map((place, index) => (
        <span key={place}>
          {index > 0 && ', '}
          <code>
            <Name text={place} />
          </code>
        </span>
      ))}
      {left > 0 && (
        <>
          {' '}
          and <a href={toRequest(number)}>{left} more</a>
        </>
      )}
    </p>
  );
}

function Incurable({ check: { incurable } }: { check: CheckResults }) {
  if (incurable.length === 0) return null;
  return (
    <section>
      <h2>What no request mends</h2>
      <ul class="cards">
        {incurable.map(({ device, rule, explanation, servers, events }) => (
          <li key={`${device} ${rule}`}>
            <p>
              <strong>
                {device}
                {rule !== undefined && (
                  <>
                    , “<Name text={rule} />”
                  </>
                )}
              </strong>
              : <Name text={explanation} />
            </p>
            {servers.length > 0 && <p class="quiet">For {servers.join(', ')}</p>}
            <Events ids={events} scenario="check" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Follows({ check }: { check: CheckResults }) {
  const lines = consequencesInWords(check);
  if (lines.length === 0) return null;
  return (
    <section>
      <h2>Follows from it</h2>
      <p class="lead">Failures that nobody has to mend apart.</p>
      <ul class="follows">
        {lines.map((line) => (
          <li key={line}>
            <Name text={line} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Lines({ heading, lines }: { heading: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h2>{heading}</h2>
      <ul class="follows">
        {lines.map((line) => (
          <li key={line}>
            <Name text={line} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Users({ check: { users } }: { check: CheckResults }) {
  if (users.length === 0) return null;
  const several = new Set(users.map(({ server }) => server)).size > 1;
  return (
    <section>
      <h2>What users met</h2>
      <ul class="users">
        {users.map(({ name, server, saw, works, events }) => (
          <li key={`${name} ${server}`}>
            Users of <Name text={name} />
            {several && `, through ${server},`}{' '}
            <strong class={works ? 'good' : 'bad'}>{sawInWords(saw)}</strong>{' '}
            <Events ids={events} scenario="check" />
          </li>
        ))}
      </ul>
    </section>
  );
}
