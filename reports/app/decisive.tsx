import type { Certificate, Decisive, Hop } from '../contract/decisive.js';
import { Name } from './parts.js';
import { toScenario } from './route.js';

/** Who decided, by which rule, why; the way of the connection; the certificates seen. */
export function DecisiveSection({ decisive, scenario }: { decisive: Decisive; scenario: string }) {
  const { result, why, hops, chain, chainBefore } = decisive;
  const { operation, device, rule } = result;
  return (
    <section class="decisive">
      <h2>
        What decided{' '}
        <code>
          {operation}: {result.result}
        </code>
      </h2>
      <p>
        {device ? (
          <>
            <strong>{device}</strong>
            {rule && (
              <>
                {' by its rule '}
                <code>
                  <Name text={rule} />
                </code>
              </>
            )}
          </>
        ) : (
          'No device on the path. The connector itself, or the service, said so'
        )}
        {why && (
          <>
            : <Name text={why} />
          </>
        )}
        .
      </p>
      {hops.length > 0 && (
        <ol class="hops" aria-label="The way of the connection">
          {hops.map((hop, index) => (
            <HopLine key={index} hop={hop} number={index + 1} scenario={scenario} />
          ))}
        </ol>
      )}
      {chain.length > 0 && <Chains result={result.result} seen={chain} before={chainBefore} />}
    </section>
  );
}

/** As packet tracers print it: phase, device, rule, result, the line of the log. */
function HopLine({ hop, number: phase, scenario }: { hop: Hop; number: number; scenario: string }) {
  const { where, what, rule, number, text, log, decides, event } = hop;
  return (
    <li class={decides ? 'decides' : undefined}>
      <span class="phase">Phase {phase}</span>
      <strong class="where">{where}</strong>
      <span class="what">{what}</span>
      <div>
        {rule !== undefined && (
          <code>
            {number === undefined ? 'rule: ' : `rule ${number}: `}
            <Name text={rule} />
          </code>
        )}
        <span class="why">
          <Name text={text} />
          {decides && <strong> This decided.</strong>}
        </span>
        {log !== undefined && (
          <span class="kernel">
            <span class="quiet">log: </span>
            <code>
              <Name text={log} />
            </code>
          </span>
        )}
      </div>
      <a class="log" href={toScenario(scenario, event)} aria-label={`log line ${event}`}>
        {event}
      </a>
    </li>
  );
}

function Chains({
  result,
  seen,
  before,
}: {
  result: string;
  seen: readonly Certificate[];
  before: readonly Certificate[];
}) {
  const dated = result === 'tls-expired' || result === 'tls-not-yet-valid';
  const same = before.at(-1)?.issuer === seen.at(-1)?.issuer;
  return (
    <div class="chains">
      <div>
        <h3>Certificates that the connector saw</h3>
        <Chain chain={seen} highlight={dated ? 'date' : same ? 'none' : 'issuer'} />
      </div>
      {before.length > 0 && (
        <div>
          <h3>Expected: the same host before the change</h3>
          <Chain chain={before} highlight="none" />
        </div>
      )}
    </div>
  );
}

function Chain({
  chain,
  highlight,
}: {
  chain: readonly Certificate[];
  highlight: 'issuer' | 'date' | 'none';
}) {
  return (
    <ol>
      {chain.map(({ subject, issuer, notAfter }, index) => (
        <li key={index}>
          <Name text={subject} />
          <p class="quiet">
            issued by {highlight === 'issuer' && index === chain.length - 1 ? <mark>{issuer}</mark> : issuer},
            until {highlight === 'date' && index === 0 ? <mark>{notAfter}</mark> : notAfter}
          </p>
        </li>
      ))}
    </ol>
  );
}
