import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../shared/access-views.ts';

/** Who did something, as a person calls them: only people and keys have names of their own. */
export function useActorName(): (actor: AuditEntry['actor']) => string {
  const { t } = useTranslation();
  return ({ kind, name }) => (kind === 'user' || kind === 'key' ? name : t(`actor.${kind}`));
}
