/** What the machine that evaluates a PAC file is, and whom it asks. */
export interface Surroundings {
  /** The site's resolver; null: no such name, or no answer. */
  resolve(name: string): string | null;
  /** The machine's own address. */
  address(): string;
}

/**
 * The functions that every PAC file may call. Its text runs inside the sandbox, so it is made of nothing but
 * itself: no host `RegExp`, no host object. They are synchronous, as the format says. What browsers and
 * Windows differ in: `|` in a pattern of `shExpMatch` is a character here, as in Chromium.
 */
export function builtIns(scope: Record<string, unknown>, { resolve, address }: Surroundings): void {
  const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
  const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

  /** `*` any characters, `?` one. Most patterns have stars alone: those are found by native functions. */
  const shExpMatch = (text: unknown, pattern: unknown): boolean => {
    const have = String(text);
    const want = String(pattern);
    const found = patterns.get(want) ?? remember(want);
    if (found === 'others') return want.includes('?') ? matchesSlowly(have, want) : matchesStars(have, want);
    const { head, tail, least } = found;
    if (tail === undefined) return have === head;
    // Nearly all that people write: the domain at the end is what decides.
    return have.endsWith(tail) && have.length >= least && (head === '' || have.startsWith(head));
  };

  /** A pattern with one star or none; `least`: how long a text has to be. Asked about host after host. */
  type Pattern = { head: string; tail?: string; least: number } | 'others';
  const patterns = new Map<string, Pattern>();
  const remember = (want: string): Pattern => {
    const star = want.indexOf('*');
    const hasOthers = want.includes('?') || (star >= 0 && want.includes('*', star + 1));
    const plain = { head: want, least: want.length };
    const starred = { head: want.slice(0, star), tail: want.slice(star + 1), least: want.length - 1 };
    const made = hasOthers ? 'others' : star < 0 ? plain : starred;
    // A file can make patterns without end.
    if (patterns.size < 5000) patterns.set(want, made);
    return made;
  };

  const matchesStars = (have: string, want: string): boolean => {
    const [begin = '', ...rest] = want.split('*');
    const end = rest.pop() ?? '';
    let at = begin.length;
    if (!have.startsWith(begin)) return false;
    for (const part of rest) {
      const found = have.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= have.length - end.length && have.endsWith(end);
  };

  /** Goes back to the last star only, so that it takes linear time for each. */
  const matchesSlowly = (have: string, want: string): boolean => {
    let [at, next, star, resume] = [0, 0, -1, 0];
    while (at < have.length) {
      if (want[next] === '*') {
        star = next++;
        resume = at;
      } else if (want[next] === '?' || want[next] === have[at]) {
        next++;
        at++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++resume;
      } else return false;
    }
    while (want[next] === '*') next++;
    return next === want.length;
  };

  const bytesOf = (text: unknown): number[] | undefined => {
    const parts = String(text).split('.');
    const bytes = parts.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
    return bytes.length === 4 && bytes.every((byte) => byte < 256) ? bytes : undefined;
  };
  const addressOf = (host: unknown): string | null => (bytesOf(host) ? String(host) : resolve(String(host)));
  const isInNet = (host: unknown, network: unknown, mask: unknown): boolean => {
    const [own, wanted, bits] = [bytesOf(addressOf(host)), bytesOf(network), bytesOf(mask)];
    if (!own || !wanted || !bits) return false;
    return own.every((byte, index) => {
      const bit = bits[index] ?? 0;
      return (byte & bit) === ((wanted[index] ?? 0) & bit);
    });
  };

  /** Of arguments that end with "GMT" or not: what the clock says, and the arguments without it. */
  const timed = (given: unknown[]) => {
    const isGmt = given[given.length - 1] === 'GMT';
    return { args: isGmt ? given.slice(0, -1) : given, now: new Date() };
  };
  /** Whether a value is between two others on a ring: Friday to Monday holds Sunday. */
  const between = (value: number, from: number, to: number) =>
    from <= to ? from <= value && value <= to : from <= value || value <= to;

  const weekdayRange = (...given: unknown[]): boolean => {
    const { args, now } = timed(given);
    const places = args.map((one) => days.indexOf(String(one)));
    if (places.length === 0 || places.includes(-1)) return false;
    return between(now.getUTCDay(), places[0] ?? 0, places[1] ?? places[0] ?? 0);
  };

  const dateRange = (...given: unknown[]): boolean => {
    const { args, now } = timed(given);
    const kindOf = (one: unknown) =>
      months.includes(String(one)) ? 'month' : Number(one) > 31 ? 'year' : 'day';
    const placeOf = (one: unknown) => (kindOf(one) === 'month' ? months.indexOf(String(one)) : Number(one));
    const here = { year: now.getUTCFullYear(), month: now.getUTCMonth(), day: now.getUTCDate() };
    const half = args.length / 2;
    const [from, to] = args.length === 1 ? [args, args] : [args.slice(0, half), args.slice(half)];
    if (args.length === 0 || from.length !== to.length) return false;
    const order = (['year', 'month', 'day'] as const).filter((kind) =>
      from.some((one) => kindOf(one) === kind),
    );
    const inOne = (values: (kind: 'year' | 'month' | 'day') => number) =>
      order.reduce((sum, kind) => sum * 10_000 + values(kind), 0);
    const number = (side: unknown[]) =>
      inOne((kind) => placeOf(side.find((one) => kindOf(one) === kind) ?? 0));
    return between(
      inOne((kind) => here[kind]),
      number(from),
      number(to),
    );
  };

  const timeRange = (...given: unknown[]): boolean => {
    const { args, now } = timed(given);
    const numbers = args.map(Number);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers;
    const seconds = now.getUTCHours() * 3600 + now.getUTCMinutes() * 60 + now.getUTCSeconds();
    const at = (hour: number, minute: number, second: number) => hour * 3600 + minute * 60 + second;
    if (numbers.length === 1) return now.getUTCHours() === a;
    if (numbers.length === 2) return between(seconds, at(a, 0, 0), at(b, 0, 0) - 1);
    if (numbers.length === 4) return between(seconds, at(a, b, 0), at(c, d, 0));
    return numbers.length === 6 && between(seconds, at(a, b, c), at(d, e, f));
  };

  Object.assign(scope, {
    ...{ shExpMatch, isInNet, weekdayRange, dateRange, timeRange },
    dnsResolve: (host: unknown) => addressOf(host),
    isResolvable: (host: unknown) => addressOf(host) !== null,
    myIpAddress: address,
    dnsDomainIs: (host: unknown, domain: unknown) => String(host).endsWith(String(domain)),
    // As all of them have it: also of names with dots, to whatever the rest is.
    localHostOrDomainIs: (host: unknown, name: unknown) =>
      host === name || String(name).startsWith(`${host}.`),
    isPlainHostName: (host: unknown) => !String(host).includes('.'),
    dnsDomainLevels: (host: unknown) => String(host).split('.').length - 1,
    convert_addr: (text: unknown) => (bytesOf(text) ?? []).reduce((sum, byte) => sum * 256 + byte, 0),
    alert: () => undefined,
  });
}
