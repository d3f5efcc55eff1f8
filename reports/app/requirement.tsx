import type { RequirementResults } from '../../model/verdict/results.js';
import { report, scenarioById } from './data.js';
import { Badge, Name } from './parts.js';
import { toScenario } from './route.js';

/** One requirement: what it says, where, and what proves it. */
export function RequirementPage({ requirement }: { requirement: RequirementResults }) {
  const { id, statement, section, page, strength, interpreted, verdict, why, provedBy } = requirement;
  const proofs = provedBy.flatMap((one) => scenarioById.get(one) ?? []);
  const skipped = report.scenarios.filter(
    (one) => one.outcome === 'skipped' && one.proves.includes(id) && !provedBy.includes(one.id),
  );
  return (
    <>
      <p class="over">
        <a href="#/">Requirements</a> › <code>{id}</code>
      </p>
      <h1 tabIndex={-1}>{statement}</h1>
      <dl class="about">
        <dt>Verdict</dt>
        <dd>
          <Badge of={verdict} />
          {why && ` ${why}`}
        </dd>
        <dt>Strength</dt>
        <dd>{strength}</dd>
        <dt>Source</dt>
        <dd>{page ? `${section}, edition of ${page.date}` : 'Not on the requirements page'}</dd>
        {interpreted && (
          <>
            <dt>Our reading</dt>
            <dd>{interpreted}</dd>
          </>
        )}
      </dl>
      <h2>{verdict === 'broken' ? 'What shows that it is broken' : 'What proves it'}</h2>
      {proofs.length === 0 && (
        <p>
          {report.isCheck
            ? provedBy.length > 0
              ? 'The walk through the site’s devices: this run itself did not come so far.'
              : 'Nothing in this check.'
            : 'No scenario of this run.'}
        </p>
      )}
      <ul class="cards">
        {proofs.map(({ id: scenario, title, outcome, reason, change, broke }) => (
          <li key={scenario}>
            <p>
              <Badge of={outcome} /> <a href={toScenario(scenario)}>{title}</a>
            </p>
            {reason && !report.isCheck && <p class="bad">{reason}</p>}
            {change && !report.isCheck && (
              <p>
                <span class="quiet">Taken away: </span>
                <Name text={change} />
              </p>
            )}
            <ul class="seen">
              {broke.map(({ operation, result, host, port, device, rule }) => (
                <li key={`${operation} ${result} ${host} ${port} ${device} ${rule}`}>
                  {operation} <strong>{result}</strong>
                  {host && (
                    <>
                      {' at '}
                      <Name text={host} />
                      {port && `:${port}`}
                    </>
                  )}
                  {device && <span class="quiet"> by {device}</span>}
                  {rule && (
                    <span class="quiet">
                      , “<Name text={rule} />”
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {skipped.length > 0 && (
        <>
          <h2>Skipped</h2>
          <ul class="cards">
            {skipped.map(({ id: scenario, title, reason }) => (
              <li key={scenario}>
                <p>
                  <a href={toScenario(scenario)}>{title}</a>
                </p>
                <p class="quiet">{reason}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
