import type { Right } from '../../lib/rights.ts';

export const accessTabs = ['setup', 'keys', 'people', 'events', 'audit'] as const;
export type AccessTab = (typeof accessTabs)[number];

/** The right without which a tab has nothing to show. */
export const needsOfTab: Readonly<Record<AccessTab, Right>> = {
  setup: 'admin',
  keys: 'admin',
  people: 'admin',
  events: 'read',
  audit: 'admin',
};

/** What the page of connections shows, as it stands in the address. */
export interface AccessParams {
  tab?: Exclude<AccessTab, 'setup'>;
}

/** Reads the address; what it does not know is left out. */
export function parseAccessParams(raw: Record<string, unknown>): AccessParams {
  const tab = accessTabs.find((known) => known === raw['tab']);
  return tab === undefined || tab === 'setup' ? {} : { tab };
}
