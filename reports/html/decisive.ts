import type { Certificate, Decisive, Hop } from '../decisive.js';
import { breakable, type Html, html } from './escape.js';

/** Who decided, by which rule, why; the way of the connection; the certificates seen. */
export function decisiveSection({ result, decision, hops, chain, chainBefore }: Decisive): Html {
  const { operation, device, rule, detail } = result;
  const why = decision?.explanation ?? detail;
  const who = device
    ? html`<strong>${device}</strong>${rule && html` by its rule <code>${breakable(rule)}</code>`}`
    : html`No device on the path. The connector itself, or the service, said so`;
  return html`<section class="decisive"><h4>What decided <code>${operation}: ${result.result}</code></h4>
<p>${who}${why && html`: ${breakable(why)}`}.</p>
${hops.length > 0 && html`<ol class="hops" aria-label="The way of the connection">${hops.map(hopLine)}</ol>`}
${chain.length > 0 && chains(result.result, chain, chainBefore)}</section>`;
}

function hopLine({ where, what, rule, text, decides }: Hop): Html {
  const why = decides ? html`<b>this rule decided</b>` : breakable(text);
  const said = rule === undefined ? breakable(text) : html`<code>${breakable(rule)}</code>: ${why}`;
  return html`<li${decides && html` class="decides"`}><b>${where}</b><span class="what">${what}</span><span>${said}</span></li>`;
}

function chains(result: string, seen: readonly Certificate[], before: readonly Certificate[]): Html {
  const dated = result === 'tls-expired' || result === 'tls-not-yet-valid';
  const same = before.at(-1)?.issuer === seen.at(-1)?.issuer;
  return html`<div class="chains"><div><h5>Certificates that the connector saw</h5>${chainList(seen, dated ? 'date' : same ? 'none' : 'issuer')}</div>
${before.length > 0 && html`<div><h5>The same host before the change</h5>${chainList(before, 'none')}</div>`}</div>`;
}

function chainList(chain: readonly Certificate[], highlight: 'issuer' | 'date' | 'none'): Html {
  const last = chain.length - 1;
  return html`<ol>${chain.map(({ subject, issuer, notAfter }, index) => {
    const by = highlight === 'issuer' && index === last ? html`<mark>${issuer}</mark>` : issuer;
    const until = highlight === 'date' && index === 0 ? html`<mark>${notAfter}</mark>` : notAfter;
    return html`<li>${breakable(subject)}<span class="cause">issued by ${by}, until ${until}</span></li>`;
  })}</ol>`;
}
