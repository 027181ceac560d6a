import { useTranslation } from 'react-i18next';
import { auditEnglish } from '../../../shared/messages/window-audit-en.ts';

type LabelKey = keyof typeof auditEnglish;

function isLabelKey(key: string): key is LabelKey {
  return Object.hasOwn(auditEnglish, key);
}

/** What an action of the audit means; of one that is not known, such as a refused look, there is its code alone. */
export function useAuditLabel(): (action: string) => string | null {
  const { t } = useTranslation();
  return (action) => {
    const key = `audit.action.${action}`;
    return isLabelKey(key) ? t(key) : null;
  };
}
