import type { ResultName } from '../../../model/evidence/vocabulary.js';

/** A query as the resolver itself logged it. */
export interface LoggedQuery {
  name: string;
  /** Address of who asked. */
  from: string;
  /** Name server that was asked in turn. */
  upstream?: string;
  chain: string[];
  addresses: string[];
  outcome: Extract<ResultName, 'ok' | 'dns-nxdomain' | 'dns-timeout'>;
  /** Sets of the firewall that got the answer's addresses. */
  sets: string[];
}

const line = /^dnsmasq\S* (\d+) [\d.]+\/\d+ (.+)$/;
const asked = /^query\[A\] (\S+) from (\S+)$/;
const forwarded = /^forwarded \S+ to ([\d.]+)/;
const learned = /^nftset add 4 inet lab (\w+) /;
/** A question that came while the same one was open: dnsmasq asks once, and gives both the one answer. */
const joined = 'reply query is duplicate';
const answered = /^(?:reply|config|cached\S*|host-record|\S+) (\S+) is (\S+)$/;

/** Reads dnsmasq's log (`log-queries=extra`): the lines of one query share a number. */
export class QueryLog {
  readonly #queries = new Map<string, LoggedQuery>();
  /** Those of the last time: a later line can say that another question was the same. */
  #taken: LoggedQuery[] = [];

  hear(text: string): void {
    const [, number = '', said = ''] = line.exec(text) ?? [];
    const [, name, from] = asked.exec(said) ?? [];
    if (name && from) {
      const empty = { chain: [], addresses: [], sets: [] };
      this.#queries.set(number, { name, from, outcome: 'dns-timeout', ...empty });
      return;
    }
    const query = this.#queries.get(number);
    if (!query) return;
    if (said === joined) {
      this.#join(query);
      return;
    }
    const [, upstream] = forwarded.exec(said) ?? [];
    const [, set] = learned.exec(said) ?? [];
    const [, about, answer = ''] = answered.exec(said) ?? [];
    if (upstream) query.upstream = upstream;
    else if (set && !query.sets.includes(set)) query.sets.push(set);
    else if (about) takeAnswer(query, about, answer);
  }

  /** What was asked since the last time. Who has no answer by now gets none. */
  take(): LoggedQuery[] {
    this.#taken = [...this.#queries.values()];
    this.#queries.clear();
    return this.#taken;
  }

  #join(query: LoggedQuery): void {
    const same = [...this.#taken, ...this.#queries.values()].filter(
      (one) => one !== query && one.name === query.name && one.outcome !== 'dns-timeout',
    );
    const { from: _, ...answer } = same.at(-1) ?? query;
    Object.assign(query, answer);
  }
}

function takeAnswer(query: LoggedQuery, about: string, answer: string): void {
  if (query.chain.at(-1) !== about) query.chain.push(about);
  if (/^\d+(\.\d+){3}$/.test(answer)) query.addresses.push(answer);
  if (answer === 'NXDOMAIN' || answer.startsWith('NODATA')) query.outcome = 'dns-nxdomain';
  if (query.addresses.length > 0) query.outcome = 'ok';
}
