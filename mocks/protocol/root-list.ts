/** Where Windows fetches its root list, on the root list's host; over HTTP. */
export const rootListPath = '/msdownload/update/v3/static/trustedr/en/authrootstl.cab';
