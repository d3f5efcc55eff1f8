// Connector groups, and the form for a new one.
import { regions } from './connectors.js';
import { h, table } from './element.js';

/**
 * @param {import('./directory.js').FilledGroup[]} groups
 * @param {(group: import('./directory.js').Group) => unknown} remove
 */
export function groupTable(groups, remove) {
  const rows = groups.map((group) => {
    const { name, region, isDefault, members, applications } = group;
    const cells = [
      regions[region],
      members.map((one) => one.machineName).join(', ') || 'none',
      applications.map((one) => one.displayName).join(', ') || 'none',
      isDefault
        ? 'default'
        : h('button', { 'aria-label': `Delete ${name}`, click: () => remove(group) }, 'Delete'),
    ];
    return h('tr', {}, h('th', { scope: 'row' }, name), ...cells.map((cell) => h('td', {}, cell)));
  });
  return h(
    'section',
    { 'aria-labelledby': 'groups' },
    h('h2', { id: 'groups' }, 'Connector groups'),
    table(['Name', 'Region', 'Connectors', 'Applications', 'Action'], rows),
  );
}

/**
 * @param {import('./directory.js').Connector[]} connectors
 * @param {(name: string, region: string, connectors: string[]) => unknown} create
 */
export function groupForm(connectors, create) {
  const name = h('input', {
    id: 'new-name',
    name: 'name',
    required: true,
    maxlength: '128',
    autocomplete: 'off',
  });
  const region = h(
    'select',
    { id: 'new-region' },
    Object.entries(regions).map(([value, text]) => h('option', { value, selected: value === 'eur' }, text)),
  );
  const boxes = connectors.map(({ id, machineName }) => ({
    id,
    machineName,
    box: h('input', { type: 'checkbox', id: `new-${id}` }),
  }));
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const chosen = boxes.filter(({ box }) => box.checked).map(({ id }) => id);
    create(name.value, region.value, chosen);
  };
  return h(
    'section',
    { 'aria-labelledby': 'new' },
    h('h2', { id: 'new' }, 'New connector group'),
    h(
      'form',
      { submit },
      h('label', { for: name.id }, 'Name'),
      name,
      h('label', { for: region.id }, 'Region'),
      region,
      h(
        'fieldset',
        {},
        h('legend', {}, 'Connectors'),
        boxes.map(({ box, machineName }) => h('div', {}, box, ' ', h('label', { for: box.id }, machineName))),
      ),
      h('button', { class: 'main' }, 'Create'),
    ),
  );
}
