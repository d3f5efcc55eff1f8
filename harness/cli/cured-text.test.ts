import { describe, expect, it } from 'vitest';
import { internetOf } from '../../model/path/public-host.js';
import { cure } from '../../model/repair/cure.js';
import { isFree } from '../../model/repair/stops.js';
import { parseSite } from '../../model/site/read.js';
import { internetHosts } from '../engines/internet.js';
import { curedText } from './cured-text.js';

/** What `fix` writes of a site file, after it was read again. */
function cured(text: string): string {
  const site = parseSite(text, 'site.yaml');
  const internet = internetOf(internetHosts(site));
  const written = curedText(text, 'site.yaml', site, cure(site, internet).site);
  expect(isFree(parseSite(written, 'cured.yaml'), internet)).toBe(true);
  return written;
}

describe('the text of a cured site', () => {
  it('says of servers that the file leaves out no more than what changes', () => {
    const text = `site: x
tenant:
  users:
    - { name: boss@contoso.test, roles: [application-administrator], second-factor: deny }
    - { name: mira@contoso.test }
`;
    const written = cured(text);
    expect(written).toContain('servers:\n  - name: app-proxy-01\n    registered-by: boss@contoso.test\n');
    expect(written).not.toMatch(/clock-skew|dotnet|second-factor/);
  });

  it('leaves a server alone that is right', () => {
    const written = cured('site: x\nservers: [{ name: a }, { name: b, tls: "1.1" }] # two\n');
    expect(written).toContain('{ name: a }, { name: b, tls: "1.2" } ] # two\n');
  });
});
