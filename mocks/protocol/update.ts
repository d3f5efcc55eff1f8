import { z } from 'zod';

/** The updater's question. Host and shape are assumed: nobody has published them. */
export const updatePath = '/updater/version';

/** The newest connector that the lab's service offers. */
export const newestConnector = '1.5.3437.0';

export const updateReplySchema = z.object({ version: z.string() });
