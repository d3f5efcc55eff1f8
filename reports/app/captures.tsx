import type { ScenarioDetail } from '../contract/report.js';
import { Name } from './parts.js';

type Capture = ScenarioDetail['captures'][number];

/** Files beside the report, a machine a row. */
export function Captures({ of }: { of: readonly Capture[] }) {
  if (of.length === 0) return null;
  const machines = [...new Set(of.map(({ machine }) => machine))].sort();
  const links = (machine: string, holds: Capture['holds']) =>
    of
      .filter((one) => one.machine === machine && one.holds === holds)
      .map(({ file }) => (
        <p key={file}>
          <a href={besideReport(file)}>
            <Name text={file.slice(file.lastIndexOf('/') + 1)} />
          </a>
        </p>
      ));
  return (
    <section class="captures">
      <h2>Captures</h2>
      <p class="lead">
        Files in <code>evidence</code>, beside this report. For Wireshark to decrypt, name a file of keys
        under Preferences › Protocols › TLS › (Pre)-Master-Secret log filename.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Machine</th>
            <th scope="col">Packets</th>
            <th scope="col">TLS keys</th>
          </tr>
        </thead>
        <tbody>
          {machines.map((machine) => (
            <tr key={machine}>
              <td>{machine}</td>
              <td>{links(machine, 'packets')}</td>
              <td>{links(machine, 'tls-keys')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Never anything but a file below the report's folder, whatever the name says. */
function besideReport(file: string): string {
  const parts = file.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return ['.', ...parts.map(encodeURIComponent)].join('/');
}
