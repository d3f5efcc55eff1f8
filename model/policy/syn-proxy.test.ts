import { expect, it } from 'vitest';
import { decideSynProxy } from './syn-proxy.js';

const settings = { resets: ['*.servicebus.windows.net', 'login.windows.net'] };

it.each([
  ['cwap.servicebus.windows.net', 'reset', 'reset *.servicebus.windows.net'],
  ['login.windows.net', 'reset', 'reset login.windows.net'],
  ['login.microsoftonline.com', 'allow', 'allow *'],
])('%s: %s', (host, action, rule) => expect(decideSynProxy(settings, host)).toMatchObject({ action, rule }));
