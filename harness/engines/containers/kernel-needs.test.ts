import { expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { CannotError } from '../engine.js';
import { assertKernelCan } from './kernel-needs.js';

const poor = async () => ({ delay: false, loss: true, rate: true, count: true, trace: true });

it('a site whose link needs what the kernel has not is skipped, with the setting’s name', async () => {
  const slow = documentedSite({ link: { 'round-trip': '40ms', loss: '1%' } });
  await expect(assertKernelCan(slow, poor)).rejects.toThrow(CannotError);
  await expect(assertKernelCan(slow, poor)).rejects.toThrow('link.round-trip');
  await assertKernelCan(documentedSite({ link: { loss: '1%', rate: '1mbit' } }), poor);
});

it('nothing is asked of the kernel for a link that needs nothing', async () => {
  await assertKernelCan(documentedSite(), () => Promise.reject(new Error('asked')));
});
