import { z } from 'zod';

/** What was measured of the world outside the lab, and how it changes with time: what a scenario shows in small. */
export const measuredSchema = z.strictObject({
  /** What the shares are of, in words. */
  title: z.string().min(1),
  /** Where the numbers are from. */
  source: z.string().min(1),
  lines: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        /** By age in weeks, in order; shares between 0 and 1. `worst`: where it was told apart from the median. */
        points: z
          .array(
            z.strictObject({
              weeks: z.number().positive(),
              median: z.number().min(0).max(1),
              worst: z.number().min(0).max(1).optional(),
            }),
          )
          .min(2),
      }),
    )
    .min(1)
    .max(5),
});
export type Measured = z.infer<typeof measuredSchema>;
