import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PermissionRuleView } from '../../../shared/permission-views.ts';
import { keepFocus } from '../../lib/keep-focus.ts';
import { client } from '../../lib/trpc.ts';
import { showError, showNotice, showUndo } from '../../ui/toast.tsx';
import { usePermissionsRefresh } from './permission-queries.ts';

export interface Decision {
  behavior: 'allow' | 'deny';
  message?: string;
  remember?: { pattern: string | null; everywhere: boolean };
}

export interface PermissionActs {
  busy: boolean;
  decide(id: string, decision: Decision, then?: () => void): void;
  setEnabled(rule: PermissionRuleView, enabled: boolean): void;
  /** Can be taken back from the notice. */
  remove(rule: PermissionRuleView): void;
}

/** What a person may do with requests and rules; says what came of it. */
export function usePermissionActs(): PermissionActs {
  const { t } = useTranslation();
  const refresh = usePermissionsRefresh();
  const act = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onError: (error) => showError(t('action.failed'), error),
    onSettled: refresh,
  });
  return {
    busy: act.isPending,
    decide: (id, decision, then) =>
      act.mutate(async () => {
        await client.permissions.decide.mutate({ id, ...decision });
        showNotice(t(decision.behavior === 'allow' ? 'permissions.allowed.notice' : 'permissions.denied.notice'));
        then?.();
      }),
    setEnabled: ({ id }, enabled) =>
      act.mutate(() => client.permissions.updateRule.mutate({ id, change: { enabled } })),
    remove(rule) {
      keepFocus();
      act.mutate(async () => {
        await client.permissions.deleteRule.mutate({ id: rule.id });
        const { effect, tool, pattern, project, message, enabled } = rule;
        const again = { effect, tool, pattern, project_id: project?.id ?? null, message, enabled };
        showUndo(t('rules.deleted'), t('action.undo'), () =>
          act.mutate(() => client.permissions.createRule.mutate(again)),
        );
      });
    },
  };
}
