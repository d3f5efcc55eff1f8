// What is seen, and what happens when somebody does something.
import { account, signIn, signOut } from './account.js';
import { connectorTable } from './connectors.js';
import { DirectoryError, directory } from './directory.js';
import { h, place } from './element.js';
import { groupForm, groupTable } from './groups.js';

/** @param {string} text */
function say(text) {
  place('status').textContent = text;
  place('problem').textContent = '';
}

/** @param {unknown} error */
function fail(error) {
  place('status').textContent = '';
  place('problem').textContent = error instanceof Error ? error.message : String(error);
  if (!(error instanceof DirectoryError) || error.status !== 401) return;
  sessionStorage.clear();
  showSignIn();
}

function showSignIn() {
  place('account').replaceChildren();
  place('view').replaceChildren(
    h('p', {}, 'Sign in as an administrator to see the connectors.'),
    h('button', { class: 'main', click: () => signIn().catch(fail) }, 'Sign in'),
  );
}

/** @param {{ name: string, token: string }} user */
async function show(user) {
  const graph = directory(user.token);

  async function refresh(text = '') {
    say('Asking the directory …');
    try {
      const [connectors, groups] = await Promise.all([graph.connectors(), graph.groups()]);
      const focused = document.activeElement;
      const view = place('view');
      const inside = view.contains(focused);
      view.replaceChildren(
        connectorTable(connectors, groups, {
          refresh: () => refresh('Up to date.'),
          move: ({ id, machineName }, group) =>
            change(() => graph.move(id, group.id), `${machineName} is now in ${group.name}.`),
        }),
        groupTable(groups, ({ id, name }) => change(() => graph.remove(id), `${name} is deleted.`)),
        groupForm(connectors, (name, region, chosen) =>
          change(async () => {
            const made = await graph.create(name, region);
            for (const id of chosen) await graph.move(id, made.id);
          }, `${name} is created.`),
        ),
      );
      if (inside) (document.getElementById(focused?.id ?? '') ?? place('content')).focus();
      say(text);
    } catch (error) {
      fail(error);
      if (error instanceof DirectoryError && error.mayPass && !document.getElementById('refresh'))
        place('view').replaceChildren(
          h('button', { class: 'main', click: () => refresh('Up to date.') }, 'Try again'),
        );
    }
  }

  /**
   * Does something in the directory, then shows how it is now.
   * @param {() => Promise<unknown>} work
   * @param {string} text
   */
  async function change(work, text) {
    try {
      await work();
      await refresh(text);
    } catch (error) {
      await refresh();
      fail(error);
    }
  }

  place('account').replaceChildren(`${user.name} `, h('button', { click: signOut }, 'Sign out'));
  await refresh();
}

try {
  const user = await account();
  if (user) await show(user);
  else showSignIn();
} catch (error) {
  showSignIn();
  fail(error);
}
