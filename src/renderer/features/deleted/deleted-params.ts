export const deletedKinds = ['session', 'observation', 'memory'] as const;
export type DeletedKind = (typeof deletedKinds)[number];

/** What the page of deleted things shows, as it stands in the address. */
export interface DeletedParams {
  kind?: Exclude<DeletedKind, 'session'>;
}

/** Reads the address; what it does not know is left out. */
export function parseDeletedParams(raw: Record<string, unknown>): DeletedParams {
  const kind = deletedKinds.find((known) => known === raw['kind']);
  return kind === undefined || kind === 'session' ? {} : { kind };
}
