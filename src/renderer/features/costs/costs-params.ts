export const costsTabs = ['overview', 'calls', 'prices'] as const;
export type CostsTab = (typeof costsTabs)[number];

/** What the costs page shows, as it stands in the address. */
export interface CostsParams {
  tab?: Exclude<CostsTab, 'overview'>;
}

/** Reads the address; what it does not know is left out. */
export function parseCostsParams(raw: Record<string, unknown>): CostsParams {
  const tab = costsTabs.find((known) => known === raw['tab']);
  return tab === undefined || tab === 'overview' ? {} : { tab };
}
