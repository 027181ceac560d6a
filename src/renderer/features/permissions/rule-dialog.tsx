import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { permissionEffects, type PermissionRuleView } from '../../../shared/permission-views.ts';
import { client, trpc } from '../../lib/trpc.ts';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';
import { usePermissionsRefresh } from './permission-queries.ts';

const everywhere = '';

/** Makes a rule or changes one. */
export function RuleDialog({ rule, onClose }: { rule: PermissionRuleView | null; onClose(): void }) {
  const { t } = useTranslation();
  const refresh = usePermissionsRefresh();
  const projects = useQuery(trpc.projects.list.queryOptions());
  // A new one lets nothing through before somebody says so.
  const [effect, setEffect] = useState(rule?.effect ?? 'ask');
  const [tool, setTool] = useState(rule?.tool ?? '');
  const [pattern, setPattern] = useState(rule?.pattern ?? '');
  const [project, setProject] = useState(rule?.project?.id ?? everywhere);
  const [message, setMessage] = useState(rule?.message ?? '');
  const isReady = tool.trim() !== '';
  const isWide = isReady && effect === 'allow' && pattern.trim() === '';
  const save = useMutation({
    mutationFn: () => {
      const content = {
        effect,
        tool: tool.trim(),
        pattern: pattern.trim() || null,
        project_id: project || null,
        message: effect === 'deny' ? message.trim() || null : null,
      };
      return rule === null
        ? client.permissions.createRule.mutate(content)
        : client.permissions.updateRule.mutate({ id: rule.id, change: content });
    },
    onSuccess() {
      showNotice(t('action.saved'));
      onClose();
    },
    onError: (error) => showError(t('action.failed'), error),
    onSettled: refresh,
  });
  return (
    <Dialog
      wide
      open
      onClose={onClose}
      title={t(rule === null ? 'rules.add' : 'rules.edit')}
      description={t('rules.text')}
    >
      <form
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) save.mutate();
        }}
      >
        <Segmented
          label={t('rules.effect')}
          value={effect}
          options={permissionEffects.map((value) => ({ value, label: t(`rules.effect.${value}`) }))}
          onChange={(value) => setEffect(value)}
        />
        <div className="grid gap-3 sm:grid-cols-[160px_1fr]">
          <FormField
            code
            required
            autoFocus
            label={t('rules.tool')}
            placeholder="Bash"
            value={tool}
            maxLength={200}
            onChange={setTool}
          />
          <FormField
            code
            label={t('rules.pattern')}
            placeholder={t('rules.anything')}
            value={pattern}
            maxLength={1_000}
            onChange={setPattern}
          />
        </div>
        <p className={isWide ? 'text-xs text-warning-ink' : 'text-xs text-muted'}>
          {isWide ? t('remember.tool.hint', { tool: tool.trim() }) : t('rules.pattern.hint')}
        </p>
        <Select
          label={t('rules.everywhere')}
          value={project}
          options={[
            { value: everywhere, label: t('rules.everywhere') },
            ...(projects.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={setProject}
          className="self-start"
        />
        {effect === 'deny' && (
          <FormField label={t('rules.message')} value={message} maxLength={500} onChange={setMessage} />
        )}
        <FormButtons
          onCancel={onClose}
          isReady={isReady}
          busy={save.isPending}
          {...(isWide && { action: t('rules.allowAll', { tool: tool.trim() }), look: 'destructive' })}
        />
      </form>
    </Dialog>
  );
}
