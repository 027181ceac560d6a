import { useQuery } from '@tanstack/react-query';
import { FolderGit2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../lib/trpc.ts';
import { Select } from '../../ui/select.tsx';

export interface ProjectSelectProps {
  /** A project's id; undefined for any. */
  value: string | undefined;
  onChange(project: string | undefined): void;
  className?: string;
}

/** Narrows a page down to one project. */
export function ProjectSelect({ value, onChange, className = 'max-w-40' }: ProjectSelectProps) {
  const { t } = useTranslation();
  const projects = useQuery(trpc.projects.list.queryOptions());
  return (
    <Select
      icon={FolderGit2}
      label={t('filter.project')}
      value={value ?? 'any'}
      options={[
        { value: 'any', label: t('filter.project.any') },
        ...(projects.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(chosen) => onChange(chosen === 'any' ? undefined : chosen)}
      className={className}
    />
  );
}
