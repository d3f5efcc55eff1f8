import { expect, it } from 'vitest';
import { decideSynProxy } from './syn-proxy.js';

const settings = { resets: ['*.servicebus.windows.net', 'login.windows.net'] };

it.each([
  ['cwap.servicebus.windows.net', 'reset', 'reset *.servicebus.windows.net'],
  ['login.windows.net', 'reset', 'reset login.windows.net'],
  ['login.microsoftonline.com', 'allow', 'allow *'],
])('%s: %s', (host, action, rule) => expect(decideSynProxy(settings, host)).toMatchObject({ action, rule }));

it('says what it read, and that nothing is said against another host', () => {
  expect(decideSynProxy(settings, 'login.windows.net').explanation).toBe(
    'login.windows.net was read in the ClientHello, and is not allowed',
  );
  expect(decideSynProxy(settings, 'a.test').explanation).toBe('nothing is said against a.test');
});
