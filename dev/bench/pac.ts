import { pacAnswer } from '../../model/pac/pac-answer.js';
import { median } from './measure.js';

/** As long as the real ones that are public: some 4 kB. */
const lines = Array.from(
  { length: 60 },
  (_, index) => `  if (shExpMatch(host, "*.supplier-${index}.test")) return "DIRECT";`,
);
const fileOf = (version: number) =>
  `// ${version}\nfunction FindProxyForURL(url, host) {\n${lines.join('\n')}\n  return "PROXY proxy.test:8080";\n}\n`;
const ask = (file: string, host: string) =>
  pacAnswer(file, { host, port: 443, address: '198.18.1.10' }, () => null);

/** Milliseconds, warm: to load a PAC file that nobody has asked yet, and to answer about a host. */
export async function pacTimes(): Promise<{ load: number; answer: number }> {
  let version = 0;
  const load = await median(async () => {
    const file = fileOf(version++);
    const began = performance.now();
    ask(file, 'first.test');
    return performance.now() - began;
  });
  let asked = 0;
  const together = 100;
  const answer = await median(async () => {
    const began = performance.now();
    for (let index = 0; index < together; index++) ask(fileOf(0), `host-${asked++}.test`);
    return (performance.now() - began) / together;
  });
  return { load, answer };
}
