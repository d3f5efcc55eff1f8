import { describe } from 'vitest';
import { EmbeddedEngine } from '../embedded/embedded-engine.js';
import { realClients } from './real-clients.js';

describe('on the embedded engine', () => realClients(async () => new EmbeddedEngine()));
