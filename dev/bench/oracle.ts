import { cloudZone } from '../../mocks/cloud/hosts.js';
import { internetOf } from '../../model/path/public-host.js';
import { survey } from '../../model/path/survey.js';
import { completeSite } from '../../model/site/complete.js';
import { documentedSite } from '../../model/site/documented.js';
import type { Rule, Site } from '../../model/site/schema.js';
import { median } from './measure.js';

/** A survey is a few milliseconds: so many are measured together, and so many before, to be warm. */
const together = 20;

/** Milliseconds of the oracle for a whole site, warm: the documented one, and one with 3,000 rules more. */
export async function oracleTimes(): Promise<{ documented: number; long: number }> {
  const documented = documentedSite();
  const others = Array.from({ length: 3000 }, (_, index) => otherRule(index));
  const rules = [...others, ...documented.firewall.rules];
  const long = completeSite({ site: 'Rules of many years', firewall: { rules } });
  return { documented: await timeOf(documented), long: await timeOf(long) };
}

/** Rules of a customer's firewall that are about anything else. */
function otherRule(index: number): Rule {
  const third = index % 250;
  return [
    { allow: `*.supplier-${index}.test`, port: 443 } as const,
    { allow: `host-${index}.contoso.test`, port: [80, 443] },
    { deny: `10.${third}.${Math.floor(index / 250)}.0/24`, port: 'any' } as const,
  ][index % 3] as Rule;
}

function timeOf(site: Site): Promise<number> {
  const internet = internetOf(cloudZone(site));
  return median(async () => {
    for (let index = 0; index < together; index++) survey(site, internet);
    const began = performance.now();
    for (let index = 0; index < together; index++) survey(site, internet);
    return (performance.now() - began) / together;
  });
}
