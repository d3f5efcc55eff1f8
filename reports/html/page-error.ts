/** The report's page could not be built or read: why, and what to do. */
export class ReportPageError extends Error {
  override readonly name = 'ReportPageError';
}
