/**
 * What the page was told: addresses of the cloud, and which program it is.
 * @type {{ client: string, redirect: string, authority: string, graph: string }}
 */
export const settings = JSON.parse(document.getElementById('settings')?.textContent ?? '');
