import { describe } from 'vitest';
import type { Engine } from '../engine.js';
import { chromium } from './chromium.js';
import { openInLab } from './in-lab.js';
import { microsoft } from './microsoft.js';
import { opensslAndCurl } from './openssl.js';
import { rhea } from './rhea.js';
import { wayIn } from './way-in.js';

/** Software that nobody here wrote, against an engine's cloud: the same tests on each. */
export function realClients(start: () => Promise<Engine>): void {
  const inLab = openInLab(start);
  wayIn(inLab);
  describe('Microsoft’s libraries', () => microsoft(inLab));
  chromium(inLab);
  opensslAndCurl(inLab);
  rhea(inLab);
}
