import { useTranslation } from 'react-i18next';
import { scopes, type CallerView, type Scope } from '../../shared/access-views.ts';
import { createStore, useStore } from './store.ts';

/** What an operation of the contract may ask of whoever calls it. */
export type Right = Scope | 'owner';
type Rights = ReadonlySet<Right>;

const everything: Rights = new Set<Right>([...scopes, 'owner']);
/** All that is sure of a login before the worker has said more. */
export const leastRights: Rights = new Set<Right>(['read']);

/** What whoever looks may do: the owner everything, a person with an account what the role gives. */
export const rightsStore = createStore(everything);

/** What `auth.me` says, as the window asks for it. */
export function rightsOf({ kind, scopes: given }: Pick<CallerView, 'kind' | 'scopes'>): Rights {
  return kind === 'owner' || kind === 'viewer' ? everything : new Set<Right>(given);
}

/** Outside of React; what needs no right is open to all. */
export function may(needs: Right | undefined): boolean {
  return needs === undefined || rightsStore.get().has(needs);
}

/** `may`, which draws again when the rights change. */
export function useMay(): (needs: Right | undefined) => boolean {
  const rights = useStore(rightsStore);
  return (needs) => needs === undefined || rights.has(needs);
}

/** The sentence that says why it is not open to whoever looks; null when it is. */
export function useRefusal(needs: Right | undefined): string | null {
  const { t } = useTranslation();
  const rights = useStore(rightsStore);
  return needs === undefined || rights.has(needs) ? null : t(`rights.${needs}`);
}
