import { searched } from '../policy/search-list.js';
import type { Told } from './names.js';
import type { Hop } from './way.js';

/** What is said of a name, and by whom, as hops of a way. */
export function nameHops(machine: string, host: string, told: Told): Hop[] {
  const { device, outcome, rule, notJudged } = told;
  const isGood = outcome === 'ok';
  const passed: Hop[] =
    notJudged === undefined
      ? []
      : [
          {
            ...{ device: 'server', from: machine, action: 'answer', rule: notJudged, notJudged: [notJudged] },
            explanation: `the hosts file of ${machine} has a real address for ${host}; the lab asks the resolver`,
          },
        ];
  return [
    ...passed,
    {
      ...{ device, from: machine, action: isGood ? 'answer' : 'misanswer' },
      ...(rule !== undefined && { rule }),
      explanation: inWords(machine, host, told),
      ...(!isGood && { result: outcome }),
      ...(outcome === 'dns-wrong-answer' && { isAstray: true }),
    },
  ];
}

function inWords(machine: string, host: string, told: Told): string {
  const { device, outcome, addresses, chain, rule = '', of, published } = told;
  const not = published === undefined ? 'which it is not' : `where the service publishes "${published}"`;
  const [, full] = chain;
  const as = full?.startsWith(`${host.toLowerCase()}.`) ? `, as ${full}` : '';
  if (device === 'server') {
    if (outcome === 'dns-nxdomain') return inWordsOfSearch(machine, host, rule);
    const says = rule === '' ? host : `the hosts file of ${machine} says that ${host}`;
    return `${says} is ${addresses[0]}${outcome === 'ok' ? '' : `, ${not}`}`;
  }
  const whose = of === undefined ? 'the resolver' : `the resolver that ${of} asks`;
  switch (outcome) {
    case 'ok':
      return `${host} is ${addresses[0]}${as}${of === undefined ? '' : `, says ${whose}`}`;
    case 'dns-timeout':
      return `${whose} does not answer for ${host}${as}`;
    case 'dns-wrong-answer':
      return `${whose} says that ${host} is ${addresses[0]}, ${not}`;
    default:
      return `${whose} says that there is no ${host}${as}`;
  }
}

function inWordsOfSearch(machine: string, host: string, rule: string): string {
  const { suffixes } = searched(rule);
  return suffixes.length === 0
    ? `${machine} has no suffix with which to look for ${host}`
    : `${machine} looks for ${host} below ${suffixes.join(', ')}, and it is not there`;
}
