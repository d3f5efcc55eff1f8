// Graph: everything that the page shows or changes.
import { settings } from './settings.js';

/**
 * @typedef {{ id: string, displayName: string }} Application
 * @typedef {{ id: string, name: string, region: string, isDefault: boolean }} Group
 * @typedef {{ id: string, machineName: string, externalIp: string, status: string, version: string }} Connector
 * @typedef {Connector & { memberOf: Group[] }} PlacedConnector
 * @typedef {Group & { members: Connector[], applications: Application[] }} FilledGroup
 * @typedef {ReturnType<typeof directory>} Directory
 */

const profile = '/onPremisesPublishingProfiles/applicationProxy';
const base = `${settings.graph}/beta`;

/** The directory did not do what was asked; the message says why, to whoever looks at the page. */
export class DirectoryError extends Error {
  /**
   * @param {string} message
   * @param {number} [status] of its answer; none where none came
   */
  constructor(message, status) {
    super(message);
    this.status = status;
  }

  /** Whether it may help to ask again. */
  get mayPass() {
    const { status = 503 } = this;
    return status === 429 || status >= 500;
  }
}

/**
 * The directory, for whom the token was given to. All that it does throws DirectoryError.
 * @param {string} token
 */
export function directory(token) {
  return {
    /** @returns {Promise<PlacedConnector[]>} */
    connectors: async () => (await ask('GET', `${profile}/connectors?$expand=memberOf`)).value,
    /** @returns {Promise<FilledGroup[]>} */
    groups: async () => (await ask('GET', `${profile}/connectorGroups?$expand=members,applications`)).value,
    /**
     * @param {string} name
     * @param {string} region
     * @returns {Promise<Group>}
     */
    create: (name, region) => ask('POST', `${profile}/connectorGroups`, { name, region }),
    /** @param {string} group */
    remove: (group) => ask('DELETE', `${profile}/connectorGroups/${group}`),
    /**
     * @param {string} connector
     * @param {string} group
     */
    move: (connector, group) =>
      ask('POST', `${profile}/connectors/${connector}/memberOf/$ref`, {
        '@odata.id': `${base}${profile}/connectorGroups/${group}`,
      }),
  };

  /**
   * @param {string} method
   * @param {string} path
   * @param {Record<string, string>} [body]
   */
  async function ask(method, path, body) {
    const answer = await answerOf(base + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    if (answer.status === 204) return undefined;
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    throw new DirectoryError(whyNot(answer, text), answer.status);
  }
}

/**
 * @param {string} url
 * @param {RequestInit} asked
 */
async function answerOf(url, asked) {
  try {
    return await fetch(url, asked);
  } catch {
    throw new DirectoryError(`The directory cannot be reached: no answer came from ${new URL(url).host}.`);
  }
}

/**
 * @param {Response} answer
 * @param {string} text
 * @returns {string}
 */
function whyNot({ status, headers }, text) {
  const seconds = headers.get('Retry-After');
  if (status === 429)
    return `The directory is throttling requests (429). Try again ${seconds ? `in ${seconds} seconds` : 'later'}.`;
  if (status >= 500) return `The directory is not available (${status}). Try again later.`;
  return messageIn(text) ?? `The directory answered ${status}.`;
}

/** @param {string} text */
function messageIn(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}
