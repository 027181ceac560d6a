/** What the ask page shows, as it stands in the address. */
export interface AskParams {
  project?: string;
}

/** Reads the address; what it does not know is left out. */
export function parseAskParams(raw: Record<string, unknown>): AskParams {
  return typeof raw['project'] === 'string' && raw['project'] !== '' ? { project: raw['project'] } : {};
}
