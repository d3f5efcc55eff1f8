import { z } from 'zod';
import { decodeTimeSpan, encodeTimeSpan } from './time-span.js';
import type { XmlElement } from './xml.js';

/**
 * When a connector whose report failed tries again, as the service tells it (connector-facts 1.4): one
 * try after the usual interval, then some with exponentially growing delays, then one every so often.
 */
export interface RetryStrategy {
  firstMs: number;
  /** Of the growing delays. */
  attempts: number;
  shortestMs: number;
  longestMs: number;
  thenMs: number;
  /** All but the first delay are longer or shorter by up to so much. */
  plusOrMinusPercent: number;
}

/** As captured; only first and last are the lab's to change. */
export function capturedRetryStrategy(firstMs: number, thenMs: number): RetryStrategy {
  return { firstMs, attempts: 5, shortestMs: 3000, longestMs: 3_600_000, thenMs, plusOrMinusPercent: 20 };
}

/** How long to wait after so many failures in a row. `random`: 0 to 1. Milliseconds. */
export function retryDelayMs(strategy: RetryStrategy, failures: number, random: number): number {
  const { firstMs, attempts, shortestMs, longestMs, thenMs, plusOrMinusPercent } = strategy;
  if (failures <= 1) return firstMs;
  const step = failures - 2;
  // From the shortest to the longest in as many steps as there are.
  const factor = attempts > 1 ? (longestMs / shortestMs) ** (1 / (attempts - 1)) : 1;
  const delay = step < attempts ? shortestMs * factor ** step : thenMs;
  return Math.round(delay * (1 + ((random * 2 - 1) * plusOrMinusPercent) / 100));
}

const namespace =
  'http://schemas.datacontract.org/2004/07/Microsoft.ApplicationProxy.Common.FlightingFeatures.RetryStrategies';

export function encodeRetryStrategy(strategy: RetryStrategy): XmlElement {
  const periodic = (ms: number, attempts: number | null) => ({
    'a:Periodic': { 'a:Interval': encodeTimeSpan(ms), 'a:MaxAttempts': attempts },
  });
  return {
    '@xmlns:a': namespace,
    'a:AndThen': {
      'a:First': periodic(strategy.firstMs, 1),
      'a:Second': {
        'a:Randomized': {
          'a:AndThen': {
            'a:First': {
              'a:ExponentialBackoff': {
                'a:MaxAttempts': strategy.attempts,
                'a:MaxDelay': encodeTimeSpan(strategy.longestMs),
                'a:MinDelay': encodeTimeSpan(strategy.shortestMs),
              },
            },
            'a:Second': periodic(strategy.thenMs, null),
          },
          'a:PlusOrMinusPercent': strategy.plusOrMinusPercent,
        },
      },
    },
  };
}

const span = z.string().transform(decodeTimeSpan).pipe(z.number().positive());
const count = z.coerce.number().int().min(0).max(1000);

/** Reads the shape above; strategies of other shapes are not of this protocol's. */
export const retryStrategySchema = z
  .object({
    AndThen: z.object({
      First: z.object({ Periodic: z.object({ Interval: span }) }),
      Second: z.object({
        Randomized: z.object({
          AndThen: z.object({
            First: z.object({
              ExponentialBackoff: z.object({ MaxAttempts: count, MaxDelay: span, MinDelay: span }),
            }),
            Second: z.object({ Periodic: z.object({ Interval: span }) }),
          }),
          PlusOrMinusPercent: z.coerce.number().min(0).max(100),
        }),
      }),
    }),
  })
  .transform(({ AndThen: { First, Second } }): RetryStrategy => {
    const { AndThen, PlusOrMinusPercent } = Second.Randomized;
    const { MaxAttempts, MinDelay, MaxDelay } = AndThen.First.ExponentialBackoff;
    return {
      firstMs: First.Periodic.Interval,
      attempts: MaxAttempts,
      shortestMs: MinDelay,
      longestMs: MaxDelay,
      thenMs: AndThen.Second.Periodic.Interval,
      plusOrMinusPercent: PlusOrMinusPercent,
    };
  });
