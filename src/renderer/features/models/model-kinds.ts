import { useTranslation } from 'react-i18next';
import type { ModelKind } from '../../../shared/model-views.ts';

/** A company's own name is the same in every language, and so is in no catalogue. */
const anthropic = 'Anthropic';

/** What each provider is called. */
export function useModelKindName(): (kind: ModelKind) => string {
  const { t } = useTranslation();
  return (kind) => (kind === 'anthropic' ? anthropic : t(`model.kind.${kind}`));
}
