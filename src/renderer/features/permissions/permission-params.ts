export const permissionTabs = ['waiting', 'history', 'rules', 'settings'] as const;
export type PermissionTab = (typeof permissionTabs)[number];

/** What the page of permissions shows, as it stands in the address. */
export interface PermissionParams {
  tab?: Exclude<PermissionTab, 'waiting'>;
  /** The request that is meant: a notification leads to it. */
  request?: string;
}

/** Reads the address; what it does not know is left out. */
export function parsePermissionParams(raw: Record<string, unknown>): PermissionParams {
  const tab = permissionTabs.find((known) => known === raw['tab']);
  const request = raw['request'];
  return {
    ...(tab !== undefined && tab !== 'waiting' && { tab }),
    ...(typeof request === 'string' && request !== '' && { request }),
  };
}
