// Connectors, each with details that can be unfolded.
import { h, table } from './element.js';

/** By Graph's names. @type {Readonly<Record<string, string>>} */
export const regions = {
  nam: 'North America',
  eur: 'Europe',
  aus: 'Australia',
  asia: 'Asia',
  ind: 'India',
};

/** Connectors whose details are shown. @type {Set<string>} */
const expanded = new Set();

/**
 * @typedef {object} ConnectorActions
 * @property {() => unknown} refresh
 * @property {(connector: import('./directory.js').Connector, group: import('./directory.js').Group) => unknown} move
 */

/**
 * @param {import('./directory.js').PlacedConnector[]} connectors
 * @param {import('./directory.js').FilledGroup[]} groups
 * @param {ConnectorActions} actions
 */
export function connectorTable(connectors, groups, actions) {
  const heads = ['Name', 'Status', 'Address seen', 'Version', 'Group', 'Region'];
  const rows = connectors.flatMap((connector) => connectorRows(connector, groups, actions));
  return h(
    'section',
    { 'aria-labelledby': 'connectors' },
    h('h2', { id: 'connectors' }, 'Connectors'),
    h('button', { id: 'refresh', click: actions.refresh }, 'Refresh'),
    connectors.length === 0 ? h('p', {}, 'No connector has registered.') : table(heads, rows),
  );
}

/**
 * @param {import('./directory.js').PlacedConnector} connector
 * @param {import('./directory.js').FilledGroup[]} groups
 * @param {ConnectorActions} actions
 */
function connectorRows(connector, groups, { move }) {
  const { id, machineName, status, externalIp, version, memberOf } = connector;
  const group = groups.find((one) => one.id === memberOf[0]?.id);
  const details = h(
    'tr',
    { class: 'details', id: `details-${id}`, hidden: !expanded.has(id) },
    h('td', { colspan: '6' }, detailsOf(connector, group)),
  );
  const toggle = h(
    'button',
    {
      class: 'plain',
      id: `expand-${id}`,
      'aria-expanded': String(expanded.has(id)),
      'aria-controls': `details-${id}`,
      click: () => {
        if (!expanded.delete(id)) expanded.add(id);
        details.hidden = !expanded.has(id);
        toggle.setAttribute('aria-expanded', String(expanded.has(id)));
      },
    },
    machineName,
  );
  const chooser = h(
    'select',
    {
      id: `group-${id}`,
      'aria-label': `Group of ${machineName}`,
      change: () => {
        const chosen = groups.find((one) => one.id === chooser.value);
        if (chosen) move(connector, chosen);
      },
    },
    groups.map((one) => h('option', { value: one.id, selected: one.id === group?.id }, one.name)),
  );
  const label = h('span', { class: status }, status === 'active' ? '● Active' : '○ Inactive');
  const cells = [label, externalIp, version, chooser, regions[group?.region ?? '']];
  return [h('tr', {}, h('th', { scope: 'row' }, toggle), ...cells.map((cell) => h('td', {}, cell))), details];
}

/**
 * @param {import('./directory.js').PlacedConnector} connector
 * @param {import('./directory.js').FilledGroup | undefined} group
 */
function detailsOf({ id, status }, group) {
  const said =
    status === 'active'
      ? 'Its reports arrive. Whether requests reach it, the label cannot say.'
      : 'Its reports have not arrived for a while.';
  return h(
    'dl',
    {},
    h('dt', {}, 'Connector id'),
    h('dd', {}, id),
    h('dt', {}, 'Applications of its group'),
    h('dd', {}, group?.applications.map((one) => one.displayName).join(', ') || 'none'),
    h('dt', {}, 'What the label says'),
    h('dd', {}, said),
  );
}
