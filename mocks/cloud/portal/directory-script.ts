/** The portal's script for Graph: everything that the page shows or changes. */
export const directoryScript = `const settings = JSON.parse(document.getElementById('settings').textContent);
const profile = '/onPremisesPublishingProfiles/applicationProxy';
const base = settings.graph + '/beta';

export function directory(token) {
  return {
    connectors: async () => (await ask('GET', profile + '/connectors?$expand=memberOf')).value,
    groups: async () => (await ask('GET', profile + '/connectorGroups?$expand=members,applications')).value,
    create: (name, region) => ask('POST', profile + '/connectorGroups', { name, region }),
    remove: (group) => ask('DELETE', profile + '/connectorGroups/' + group),
    move: (connector, group) =>
      ask('POST', profile + '/connectors/' + connector + '/memberOf/$ref', {
        '@odata.id': base + profile + '/connectorGroups/' + group,
      }),
  };

  async function ask(method, path, body) {
    const answer = await fetch(base + path, {
      method,
      headers: { Authorization: 'Bearer ' + token, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    if (answer.status === 204) return undefined;
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    const error = new Error(messageIn(text) ?? 'The directory answered ' + answer.status + '.');
    error.status = answer.status;
    throw error;
  }
}

function messageIn(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}
`;
