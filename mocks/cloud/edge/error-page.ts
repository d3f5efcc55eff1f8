const texts = {
  'gateway-timeout': 'Status code: Gateway Timeout',
  'bad-gateway': 'Status code: Bad Gateway',
  forbidden: 'Status code: Forbidden',
  'connector-unauthorized': 'InternalServerError: ConnectorError:Unauthorized.',
  'not-found': 'Status code: Not Found',
} as const;

/** What users see in the application's place; the status is what people search for. */
export function errorPage(name: keyof typeof texts): string {
  return `<!doctype html><title>Application Proxy</title><h1>This corporate app can't be accessed</h1><p>${texts[name]}</p>`;
}
