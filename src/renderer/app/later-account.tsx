import { lazy, type ComponentType } from 'react';
import type * as LaterPages from './later-pages.tsx';

/** Part of the chunk of later pages; nothing, where that does not come. */
function later<Props extends object>(pick: (pages: typeof LaterPages) => ComponentType<Props>) {
  const missing: ComponentType<Props> = () => null;
  return lazy(async () => ({
    default: await import('./later-pages.tsx').then(pick, () => missing),
  }));
}

export const AccountForm = later((pages) => pages.AccountForm);
export const AccountMenu = later((pages) => pages.AccountMenu);
export const OrganizationChoice = later((pages) => pages.OrganizationChoice);
