import { execFileSync } from 'node:child_process';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { sampleResults } from '../testing.js';
import { renderJunit } from './junit.js';

const read = (xml: string) =>
  new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(xml, true);

describe('JUnit XML', () => {
  it('says of each scenario what a CI server shows', () => {
    const { testsuites } = read(renderJunit(sampleResults()));
    expect(testsuites).toMatchObject({ tests: '2', failures: '1', skipped: '0' });
    const [broken, good] = testsuites.testsuite.testcase;
    expect(broken).toMatchObject({ classname: 'area', name: 'area/broken: Something is broken' });
    expect(broken.failure.message).toContain('expected listen ok');
    expect(good.failure).toBeUndefined();
  });

  it('stays well-formed whatever was captured', () => {
    const results = sampleResults();
    const hostile = '\u0000\u001b[31m]]></testsuites><x a="\'">&\ud800\nline';
    for (const scenario of results.scenarios)
      Object.assign(scenario, { title: hostile, reason: hostile, id: `area/${hostile}` });
    const xml = renderJunit(results);
    expect(() => read(xml)).not.toThrow();
    expect(read(xml).testsuites.testsuite.testcase).toHaveLength(2);
    // libxml2 is stricter than any reader in JavaScript; Python brings an expat everywhere Debian is.
    execFileSync(
      'python3',
      ['-c', 'import sys, xml.dom.minidom; xml.dom.minidom.parseString(sys.stdin.buffer.read())'],
      { input: xml },
    );
  });
});
