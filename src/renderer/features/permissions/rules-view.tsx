import { useQuery } from '@tanstack/react-query';
import { ListChecks, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PermissionEffect, PermissionRuleView } from '../../../shared/permission-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { keepFocus } from '../../lib/keep-focus.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { trpc } from '../../lib/trpc.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { usePermissionActs, type PermissionActs } from './use-permission-acts.ts';

const effectTones: Record<PermissionEffect, Tone> = { allow: 'success', deny: 'danger', ask: 'warning' };

/** The rules in the order in which they are asked. */
export function RulesView() {
  const { t } = useTranslation();
  const acts = usePermissionActs();
  const [edited, setEdited] = useState<PermissionRuleView | 'new' | null>(null);
  const query = useQuery({ ...trpc.permissions.rules.queryOptions({}), staleTime: 0 });
  function add(): void {
    // The first rule takes the empty page away, with the button on it.
    keepFocus();
    setEdited('new');
  }
  useShortcuts([{ keys: 'n', run: add }]);
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton className="mx-auto mt-5 h-40 max-w-3xl rounded-xl" />;
  const rules = query.data ?? [];
  const addButton = (
    <Button look="primary" icon={Plus} aria-keyshortcuts="n" onClick={add}>
      {t('rules.add')}
    </Button>
  );
  return (
    <>
      {rules.length === 0 && (
        <EmptyState icon={ListChecks} title={t('rules.none.title')} text={t('rules.none.text')}>
          {addButton}
        </EmptyState>
      )}
      {rules.length > 0 && (
        <div className="mx-auto max-w-3xl px-5 py-4">
          <div className="mb-3 flex flex-wrap items-center gap-3">
            <p className="min-w-0 flex-1 basis-60 text-xs text-muted">{t('rules.order')}</p>
            {addButton}
          </div>
          <ul
            aria-label={t('permissions.tab.rules')}
            className="divide-y divide-line rounded-xl border border-line bg-panel"
          >
            {rules.map((rule) => (
              <RuleItem key={rule.id} rule={rule} acts={acts} onEdit={() => setEdited(rule)} />
            ))}
          </ul>
        </div>
      )}
      {edited !== null && <RuleDialog rule={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function RuleItem({ rule, acts, onEdit }: { rule: PermissionRuleView; acts: PermissionActs; onEdit(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const named = `${rule.tool} ${rule.pattern ?? t('rules.anything')}`;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <span className="w-12 shrink-0">
        <Badge tone={effectTones[rule.effect]}>{t(`rules.effect.${rule.effect}`)}</Badge>
      </span>
      <div className={classes('min-w-0 flex-1 basis-48', !rule.enabled && 'opacity-60')}>
        <p dir="ltr" className="font-mono text-xs leading-5 [overflow-wrap:anywhere] select-text">
          <span className="font-semibold">{rule.tool}</span> {rule.pattern ?? t('rules.anything')}
        </p>
        <p className="tabular mt-0.5 flex flex-wrap gap-x-2 text-xs text-muted">
          <span>{rule.project?.name ?? t('rules.everywhere')}</span>
          <span>{t('rules.used', { count: rule.use_count, number: format.number(rule.use_count) })}</span>
          {rule.message !== null && <q className="max-w-64 truncate">{rule.message}</q>}
        </p>
      </div>
      <div className="ml-auto flex items-center gap-3">
        <Segmented
          label={t('rules.enabled')}
          value={rule.enabled ? 'on' : 'off'}
          options={(['on', 'off'] as const).map((value) => ({ value, label: t(`rules.${value}`) }))}
          onChange={(value) => acts.setEnabled(rule, value === 'on')}
        />
        <div className="flex gap-1">
          <IconButton icon={Pencil} label={t('rules.edit.of', { rule: named })} onClick={onEdit} />
          <IconButton icon={Trash2} label={t('rules.delete.of', { rule: named })} onClick={() => acts.remove(rule)} />
        </div>
      </div>
    </li>
  );
}
