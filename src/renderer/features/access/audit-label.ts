import { useTranslation } from 'react-i18next';
import { jobKinds } from '../../../shared/job-views.ts';
import { auditEnglish } from '../../../shared/messages/window-audit-en.ts';
import { formsEnglish } from '../../../shared/messages/window-forms-en.ts';

function isKeyOf<Texts extends object>(texts: Texts, key: PropertyKey): key is keyof Texts {
  return Object.hasOwn(texts, key);
}

/** What an action of the audit means; of one that is not known, such as a refused look, there is its code alone. */
export function useAuditLabel(): (action: string) => string | null {
  const { t } = useTranslation();
  return (action) => {
    const key = `audit.action.${action}`;
    return isKeyOf(auditEnglish, key) ? t(key) : null;
  };
}

/** Why something was refused or failed, by the contract's code; one that has no words here is shown as it is. */
export function useAuditReason(): (code: string) => string {
  const { t } = useTranslation();
  return (code) => {
    const key = `audit.code.${code}`;
    return isKeyOf(formsEnglish, key) ? t(key) : code;
  };
}

/** What something was done to: a kind of jobs has a name, everything else is its own. */
export function useAuditTarget(): (action: string, target: string) => string {
  const { t } = useTranslation();
  return (action, target) => {
    const kind = action.startsWith('jobs.') ? jobKinds.find((each) => each === target) : undefined;
    return kind === undefined ? target : t(`jobs.kind.${kind}`);
  };
}
