import { z } from 'zod';
import type { Site } from '../site/schema.js';

const shape = z.looseObject({
  site: z.string(),
  servers: z.array(z.looseObject({ name: z.string() })),
  cloud: z.looseObject({ environment: z.string() }),
});

/** A site in a log or in results. It was checked when it was made; this is for files that somebody edited. */
export const recordedSite = z.custom<Site>((value) => shape.safeParse(value).success, 'is no site');
