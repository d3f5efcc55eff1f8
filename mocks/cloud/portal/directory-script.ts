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
    const answer = await answerOf(base + path, {
      method,
      headers: { Authorization: 'Bearer ' + token, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    if (answer.status === 204) return undefined;
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    throw problem(inWords(answer, text), answer.status);
  }
}

async function answerOf(url, asked) {
  try {
    return await fetch(url, asked);
  } catch {
    throw problem('The directory cannot be reached: no answer came from ' + new URL(url).host + '.');
  }
}

/** Whether it may help to ask again. */
export const mayPass = ({ status = 503 }) => status === 429 || status >= 500;

function problem(text, status) {
  const error = new Error(text);
  error.status = status;
  return error;
}

function inWords({ status, headers }, text) {
  const seconds = headers.get('Retry-After');
  if (status === 429)
    return 'The directory is throttling requests (429). Try again ' + (seconds ? 'in ' + seconds + ' seconds.' : 'later.');
  if (status >= 500) return 'The directory is not available (' + status + '). Try again later.';
  return messageIn(text) ?? 'The directory answered ' + status + '.';
}

function messageIn(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return undefined;
  }
}
`;
