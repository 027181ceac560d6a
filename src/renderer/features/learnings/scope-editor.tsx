import { useQuery } from '@tanstack/react-query';
import { FolderGit2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { learningScopes, type LearningScope, type LearningView } from '../../../shared/learning-views.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import type { ScopeChange, ScopeTarget } from './next-scope.ts';

export interface ScopeFieldsProps {
  value: ScopeChange;
  onChange(value: ScopeChange): void;
  /** Puts the cursor into the path. */
  focusPath?: boolean;
}

/** Everywhere, in a project, or below a path of it. */
export function ScopeFields({ value, onChange, focusPath = false }: ScopeFieldsProps) {
  const { t } = useTranslation();
  const projects = useQuery(trpc.projects.list.queryOptions());
  const known = projects.data ?? [];
  const project = known.find(({ id }) => id === value.project_id);
  return (
    <>
      <Segmented<LearningScope>
        label={t('learning.scope')}
        value={value.scope}
        options={learningScopes.map((scope) => ({ value: scope, label: t(`learning.scope.${scope}`) }))}
        onChange={(scope) => onChange({ ...value, scope, project_id: value.project_id ?? known[0]?.id ?? null })}
        className="self-start"
      />
      {value.scope !== 'global' && (
        <Select
          icon={FolderGit2}
          label={t('filter.project')}
          value={value.project_id ?? ''}
          shown={project?.name ?? t('filter.project')}
          options={known.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => onChange({ ...value, project_id: id })}
          className="max-w-52"
        />
      )}
      {value.scope === 'path' && (
        <FormField
          code
          label={t('learning.path')}
          value={value.path ?? ''}
          placeholder="src/db"
          error={(value.path ?? '').trim() === '' ? t('field.needed') : undefined}
          // oxlint-disable-next-line jsx_a11y/no-autofocus
          autoFocus={focusPath}
          onChange={(path) => onChange({ ...value, path })}
          className="basis-52 grow"
        />
      )}
    </>
  );
}

export interface ScopeEditorProps {
  learning: LearningView;
  target: ScopeTarget;
  /** Begins at the path, which has to be typed. */
  asksPath: boolean;
  onSave(change: ScopeChange): void;
  onCancel(): void;
}

/** What is sent: without a project or path that the scope does not speak of. */
export function settledScope({ scope, project_id, path }: ScopeChange): ScopeChange {
  const trimmed = path?.trim() ?? '';
  return {
    scope,
    project_id: scope === 'global' ? null : project_id,
    path: scope === 'path' && trimmed !== '' ? trimmed : null,
  };
}

/** A scope that may be sent: it says everything that it has to. */
export function isScopeComplete({ scope, project_id, path }: ScopeChange): boolean {
  if (scope === 'global') return true;
  return project_id !== null && (scope === 'project' || (path ?? '').trim() !== '');
}

/** Chooses where a learning holds, in place. */
export function ScopeEditor({ learning, target, asksPath, onSave, onCancel }: ScopeEditorProps) {
  const { t } = useTranslation();
  const [value, setValue] = useState<ScopeChange>({
    scope: asksPath ? 'path' : learning.scope,
    project_id: target.project,
    path: target.path,
  });
  useShortcuts([{ keys: 'Escape', run: onCancel, whileTyping: true }]);
  return (
    <form
      aria-label={t('learning.scope')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isScopeComplete(value)) onSave(settledScope(value));
      }}
      className="flex flex-wrap items-end gap-2 rounded-md border border-line bg-sunken p-2.5"
    >
      <ScopeFields value={value} onChange={setValue} focusPath={asksPath} />
      <span className="ml-auto flex gap-2">
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
        <Button look="primary" type="submit" disabled={!isScopeComplete(value)}>
          {t('action.save')}
        </Button>
      </span>
    </form>
  );
}
