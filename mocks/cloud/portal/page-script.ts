/** The portal's script for what is seen. Every text goes into the page as text, never as markup. */
export const pageScript = `import { account, signIn, signOut } from './account.js';
import { directory, mayPass } from './directory.js';

const regions = { nam: 'North America', eur: 'Europe', aus: 'Australia', asia: 'Asia', ind: 'India' };
const place = (id) => document.getElementById(id);
const expanded = new Set();

/** An element: attributes, handlers of events (functions), children. */
function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined));
  return element;
}

function say(text) {
  place('status').textContent = text;
  place('problem').textContent = '';
}

function fail(error) {
  place('status').textContent = '';
  place('problem').textContent = error.message;
  if (error.status !== 401) return;
  sessionStorage.clear();
  showSignIn();
}

function showSignIn() {
  place('account').replaceChildren();
  place('view').replaceChildren(h('p', {}, 'Sign in as an administrator to see the connectors.'),
    h('button', { class: 'main', click: () => signIn().catch(fail) }, 'Sign in'));
}

async function show(user) {
  const graph = directory(user.token);
  const refresh = async (text = '') => {
    say('Asking the directory …');
    try {
      const [connectors, groups] = await Promise.all([graph.connectors(), graph.groups()]);
      const focused = document.activeElement;
      const inside = place('view').contains(focused);
      place('view').replaceChildren(connectorTable(connectors, groups), groupTable(groups), groupForm(connectors));
      if (inside) (place(focused.id) ?? place('content')).focus();
      say(text);
    } catch (error) {
      fail(error);
      if (mayPass(error) && !place('refresh'))
        place('view').replaceChildren(h('button', { class: 'main', click: () => refresh('Up to date.') }, 'Try again'));
    }
  };
  /** Does something in the directory, then shows how it is now. */
  const change = async (work, text) => {
    try {
      await work();
      await refresh(text);
      return true;
    } catch (error) {
      await refresh();
      fail(error);
      return false;
    }
  };

  function connectorTable(connectors, groups) {
    const rows = connectors.map((connector) => connectorRows(connector, groups));
    return h('section', { 'aria-labelledby': 'connectors' }, h('h2', { id: 'connectors' }, 'Connectors'),
      h('button', { id: 'refresh', click: () => refresh('Up to date.') }, 'Refresh'),
      connectors.length === 0 ? h('p', {}, 'No connector has registered.') : table(
        ['Name', 'Status', 'Address seen', 'Version', 'Group', 'Region'], rows));
  }

  function connectorRows(connector, groups) {
    const { id, machineName, status, externalIp, version } = connector;
    const group = groups.find((one) => one.id === connector.memberOf[0].id);
    const details = h('tr', { class: 'details', id: 'details-' + id, hidden: !expanded.has(id) },
      h('td', { colspan: '6' }, h('dl', {},
        h('dt', {}, 'Connector id'), h('dd', {}, id),
        h('dt', {}, 'Applications of its group'),
        h('dd', {}, group.applications.map((one) => one.displayName).join(', ') || 'none'),
        h('dt', {}, 'What the label says'),
        h('dd', {}, status === 'active'
          ? 'Its reports arrive. Whether requests reach it, the label cannot say.'
          : 'Its reports have not arrived for a while.'))));
    const toggle = h('button', {
      class: 'plain', id: 'expand-' + id, 'aria-expanded': String(expanded.has(id)), 'aria-controls': 'details-' + id,
      click: () => {
        if (!expanded.delete(id)) expanded.add(id);
        details.hidden = !expanded.has(id);
        toggle.setAttribute('aria-expanded', String(expanded.has(id)));
      },
    }, machineName);
    const chooser = h('select', {
      id: 'group-' + id, 'aria-label': 'Group of ' + machineName,
      change: () => change(() => graph.move(id, chooser.value),
        machineName + ' is now in ' + chooser.selectedOptions[0].textContent + '.'),
    }, groups.map((one) => h('option', { value: one.id, selected: one.id === group.id }, one.name)));
    return [
      h('tr', {}, h('th', { scope: 'row' }, toggle),
        h('td', {}, h('span', { class: status }, status === 'active' ? '\\u25cf Active' : '\\u25cb Inactive')),
        h('td', {}, externalIp), h('td', {}, version), h('td', {}, chooser), h('td', {}, regions[group.region])),
      details,
    ];
  }

  function groupTable(groups) {
    const rows = groups.map((group) => h('tr', {}, h('th', { scope: 'row' }, group.name),
      h('td', {}, regions[group.region]),
      h('td', {}, group.members.map((one) => one.machineName).join(', ') || 'none'),
      h('td', {}, group.applications.map((one) => one.displayName).join(', ') || 'none'),
      h('td', {}, group.isDefault ? 'default' : h('button', {
        'aria-label': 'Delete ' + group.name,
        click: () => change(() => graph.remove(group.id), group.name + ' is deleted.'),
      }, 'Delete'))));
    return h('section', { 'aria-labelledby': 'groups' }, h('h2', { id: 'groups' }, 'Connector groups'),
      table(['Name', 'Region', 'Connectors', 'Applications', 'Action'], rows));
  }

  function groupForm(connectors) {
    const name = h('input', { id: 'new-name', name: 'name', required: true, maxlength: '128', autocomplete: 'off' });
    const region = h('select', { id: 'new-region' }, Object.entries(regions).map(([value, text]) =>
      h('option', { value, selected: value === 'eur' }, text)));
    const boxes = connectors.map(({ id, machineName }) => [id, h('input', { type: 'checkbox', id: 'new-' + id }), machineName]);
    const create = async (event) => {
      event.preventDefault();
      const chosen = boxes.filter(([, box]) => box.checked).map(([id]) => id);
      await change(async () => {
        const made = await graph.create(name.value, region.value);
        for (const id of chosen) await graph.move(id, made.id);
      }, name.value + ' is created.');
    };
    return h('section', { 'aria-labelledby': 'new' }, h('h2', { id: 'new' }, 'New connector group'),
      h('form', { submit: create }, h('label', { for: 'new-name' }, 'Name'), name,
        h('label', { for: 'new-region' }, 'Region'), region,
        h('fieldset', {}, h('legend', {}, 'Connectors'),
          boxes.map(([, box, text]) => h('div', {}, box, ' ', h('label', { for: box.id }, text)))),
        h('button', { class: 'main' }, 'Create')));
  }

  place('account').replaceChildren(user.name + ' ', h('button', { click: signOut }, 'Sign out'));
  await refresh();
}

function table(heads, rows) {
  return h('table', {}, h('thead', {}, h('tr', {}, heads.map((text) => h('th', { scope: 'col' }, text)))),
    h('tbody', {}, rows.flat()));
}

try {
  const user = await account();
  if (user) await show(user);
  else showSignIn();
} catch (error) {
  showSignIn();
  fail(error);
}
`;
