import { describe, expect, it } from 'vitest';
import { type InLab, site } from './in-lab.js';

const discovery = 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration';

/** The way into a lab, as curl uses it. */
export function wayIn(inLab: () => InLab): void {
  const asUser = (url: string) => {
    const { programs, users } = inLab();
    return programs.curl(url, '--proxy', users.url);
  };
  const onServer = (url: string) => inLab().programs.curl(url);

  describe('the way in', () => {
    it("leads behind the lab's names and certificates", async () => {
      const { body, status } = await asUser(discovery);
      expect(status).toBe(200);
      expect(JSON.parse(body)).toMatchObject({
        issuer: expect.stringContaining('login.microsoftonline.com'),
      });
      expect((await asUser('http://crl3.digicert.com/lab-global-root-g2.crl')).status).toBe(200);
    });

    it('carries all of a large answer, and of a large question', async () => {
      const { programs } = inLab();
      const url = 'http://crl3.digicert.com/lab-global-root-g2.crl';
      const many = Array.from({ length: 40 }, () => asUser(url));
      const lengths = new Set((await Promise.all(many)).map(({ body }) => body.length));
      expect(lengths.size).toBe(1);
      await programs.file('large', Buffer.alloc(3_000_000, 'x'));
      const sent = await asUserSending('large', 'https://login.microsoftonline.com/common/oauth2/v2.0/token');
      expect(sent).toMatchObject({ status: 400, body: expect.stringContaining('AADSTS') });
    });
    const asUserSending = (file: string, url: string) => {
      const { programs, users } = inLab();
      return programs.curl(url, '--proxy', users.url, '--data-binary', `@${file}`);
    };

    it('leads nowhere else', async () => {
      for (const url of ['https://localhost/', 'https://nowhere.contoso.test/', 'https://198.51.100.1/'])
        expect((await asUser(url)).body, url).toContain('CONNECT tunnel failed, response 50');
      expect((await asUser('http://127.0.0.1/')).body).toContain('could not do this');
    });

    it("stands behind a site's devices where the machine does", async () => {
      expect((await onServer(discovery)).status).toBe(200);
      await inLab().lab.change({ ...site, firewall: { ...site.firewall, default: 'drop', rules: [] } });
      expect((await onServer(discovery)).body).toContain('CONNECT tunnel failed, response 50');
      expect((await asUser(discovery)).status).toBe(200);
      await inLab().lab.change(site);
    });
  });
}
