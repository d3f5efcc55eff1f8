import { describe, expect, it } from 'vitest';
import { pacAnswer, waysIn } from './pac-answer.js';
import { PacError } from './pac-error.js';

const body = (lines: string) => `function FindProxyForURL(url, host) {\n  ${lines}\n}`;
const names: Record<string, string> = { 'www.contoso.test': '10.1.2.3' };

/** What a file answers, or does in place of that. */
function answerOf(text: string, host = 'crl3.digicert.com', port = 80): string {
  try {
    return pacAnswer(text, { host, port, address: '198.18.1.10' }, (name) => names[name] ?? null);
  } catch (error) {
    if (error instanceof PacError) return error.message;
    throw error;
  }
}

describe('a PAC file', () => {
  it.each([
    ['url + " " + host', 'http://crl3.digicert.com/ crl3.digicert.com'],
    ['shExpMatch(host, "*.digicert.com") && !shExpMatch(host, "digicert.???")', 'true'],
    ['shExpMatch("a|b", "a|b") && !shExpMatch("a", "a|b")', 'true'],
    ['dnsDomainIs("evilmsappproxy.net", "msappproxy.net")', 'true'],
    ['dnsDomainIs("msappproxy.net", ".msappproxy.net")', 'false'],
    ['localHostOrDomainIs("www", "www.contoso.test") && isPlainHostName("www")', 'true'],
    [
      'localHostOrDomainIs("www.contoso", "www.contoso.test") && !localHostOrDomainIs("ww", "www.test")',
      'true',
    ],
    ['isInNet("www.contoso.test", "10.1.0.0", "255.255.0.0")', 'true'],
    ['isInNet(host, "10.1.0.0", "255.255.0.0")', 'false'],
    [
      'dnsResolve("www.contoso.test") + " " + dnsResolve(host) + " " + isResolvable(host)',
      '10.1.2.3 null false',
    ],
    ['myIpAddress() + " " + dnsDomainLevels(host)', '198.18.1.10 2'],
    // Always noon of Wednesday, 25 November 2026.
    ['weekdayRange("TUE", "THU") && !weekdayRange("FRI", "TUE", "GMT") && weekdayRange("WED")', 'true'],
    ['dateRange(25) && dateRange("NOV", "JAN") && dateRange(1, "NOV", 2026, 1, "DEC", 2026)', 'true'],
    ['dateRange(26) || dateRange("JAN", "OCT") || dateRange(2025)', 'false'],
    ['timeRange(12) && timeRange(8, 18) && timeRange(11, 30, 12, 30) && !timeRange(22, 6)', 'true'],
    // What the network libraries of Node have to refuse, and Windows does not.
    ['[host].map((one) => dnsResolve(one) ?? 2 ** 3)[0]', '8'],
  ])('can say %s', (expression, answer) => {
    expect(answerOf(body(`return String(${expression});`))).toBe(answer);
  });

  it('is asked as Windows asks: without a path where it is secured', () => {
    expect(answerOf(body('return url;'), 'login.windows.net', 443)).toBe('https://login.windows.net/');
    expect(answerOf(body('return url;'), 'a.test', 8443)).toBe('https://a.test:8443/');
  });

  it('is asked anew where the resolver says something else', () => {
    const text = body('return dnsResolve(host);');
    expect(answerOf(text, 'moving.test')).toBe('the PAC file returns no string');
    names['moving.test'] = '10.0.0.1';
    expect(answerOf(text, 'moving.test')).toBe('10.0.0.1');
    names['moving.test'] = '10.0.0.2';
    expect(answerOf(text, 'moving.test')).toBe('10.0.0.2');
  });

  it('has the ways of its answer, in order', () => {
    expect(waysIn(' PROXY a.test:8080;proxy b.test ;SOCKS c:1080; DIRECT;')).toEqual([
      { host: 'a.test', port: 8080 },
      { host: 'b.test', port: 80 },
      'direct',
    ]);
    expect(waysIn('')).toEqual(['direct']);
    expect(waysIn('SOCKS c:1080')).toEqual(['direct']);
  });
});

describe('a hostile PAC file', () => {
  const endless = 'the PAC file does not come to an end';
  const memory = /takes too much memory/;
  const nothingOfNode = ['process', 'require', 'fetch', 'module', 'WebAssembly', 'setTimeout'];
  it.each([
    ['loops', body('for (;;);'), endless],
    ['loops as it is loaded', 'for (;;);', endless],
    ['catches its end', body('while (true) try { for (;;); } catch (e) {} finally { continue }'), endless],
    ['calls itself', body('return FindProxyForURL(url, host);'), /call stack|stack overflow/i],
    ['doubles a string', body('let s = "x"; for (;;) s += s + s.length;'), /memory|string too long/],
    ['repeats a string', body('return "x".repeat(1 << 29);'), memory],
    ['fills an array', body('const a = []; for (;;) a.push(a.length + " and more");'), memory],
    ['fills a typed array', body('return new Uint8Array(1 << 30).length;'), memory],
    ['has a slow expression', body('return /(a+)+$/.test("a".repeat(60) + "b");'), endless],
    ['returns an object', body('return { toString: () => "DIRECT" };'), 'the PAC file returns no string'],
    ['returns a proxy', body('return new Proxy({}, {});'), 'the PAC file returns no string'],
    ['returns nothing', body(''), 'the PAC file returns no string'],
    ['returns a promise', `async ${body('return "DIRECT";')}`, /returns a promise/],
    ['never settles', body('return new Promise(() => {});'), /returns a promise/],
    [
      'returns two megabytes',
      body('return "x".repeat(2 << 20);'),
      /returns 2097152 characters; 4096 at most/,
    ],
    [
      'asks a thousand names',
      body('for (let i = 0; i < 1000; i++) dnsResolve("h" + i);'),
      /DNS more than 200/,
    ],
    [
      'asks a thousand names and hears no error',
      body('for (let i = 0; i < 1000; i++) try { dnsResolve("h" + i); } catch {} return "DIRECT";'),
      /DNS more than 200 times/,
    ],
    ['is not JavaScript', `${body('return "DIRECT";')}\n}`, /SyntaxError: .* \(its line 4\)/],
    ['throws', body('return nowhere(host);'), /ReferenceError: nowhere is not defined \(its line 2\)/],
    ['has no function', 'var x = 1;', 'the PAC file has no function FindProxyForURL'],
    [
      'looks for what is around it',
      body(
        `const all = this.constructor.constructor("return globalThis")();
        return "PROXY " + ${JSON.stringify(nothingOfNode)}.filter((one) => all[one] !== undefined) + ":1";`,
      ),
      'PROXY :1',
    ],
    [
      'looks behind its functions',
      body('return "PROXY " + dnsResolve.constructor("return typeof process")() + ":1";'),
      'PROXY undefined:1',
    ],
  ])('that %s is ended, and the next one is asked', (_, text, said) => {
    expect(answerOf(text)).toMatch(said);
    expect(answerOf(body('return "DIRECT";'))).toBe('DIRECT');
  });

  // An engine is cleared, not made anew: more files than there are engines.
  it('leaves nothing to the next file, and every machine has its own address', () => {
    const leave = `
      said = typeof left + " " + dnsDomainIs(host, "x") + " " + myIpAddress() + " " + typeof lookups;
      left = "left".repeat(1e6);
      lookups = dnsResolve("www.contoso.test");
      String.prototype.endsWith = () => true;
      Object.prototype.text = "PROXY evil.test:1";
      Map.prototype.get = () => ({ tail: "", least: 0, head: "" });
      return said;`;
    for (let index = 0; index < 12; index++) {
      const text = `var said, lookups, left; // ${index >> 1}\n${body(leave)}`;
      const address = `198.18.1.${index}`;
      const said = pacAnswer(text, { host: `h${index}`, port: 80, address }, () => '10.0.0.1');
      expect(said).toBe(`undefined false ${address} undefined`);
    }
  });

  // The engine counts its own instructions: only the clock ends what one of them does.
  it('that loops inside one instruction is ended by the clock', () => {
    const slow = body('const s = "ab".repeat(2e6); for (let n = 0; ; ) n += s.lastIndexOf("zz");');
    expect(answerOf(slow)).toBe(endless);
    expect(answerOf(body('return "DIRECT";'))).toBe('DIRECT');
  });
});
