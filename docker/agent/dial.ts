import { serveDialer } from './account-dialer.js';

/** The process of one account: a program of its own, because it is small and there are many. */
serveDialer();
