import { FolderGit2, Globe } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ProjectRef } from '../../../shared/views.ts';
import { Card } from '../status/card.tsx';
import { ScopeSwitches } from './scope-switches.tsx';

/** What may be given, everywhere and in the project that is looked at. */
export function ContextSwitches({ project }: { project: ProjectRef }) {
  const { t } = useTranslation();
  return (
    <div className="grid items-start gap-3.5 pb-8 lg:grid-cols-2">
      <Card icon={Globe} title={t('context.scope.general')}>
        <p className="mb-1.5 text-muted">{t('context.scope.general.text')}</p>
        <ScopeSwitches scope={{}} />
      </Card>
      <Card icon={FolderGit2} title={t('context.scope.project', { name: project.name })}>
        <p className="mb-1.5 text-muted">{t('context.scope.project.text')}</p>
        <ScopeSwitches key={project.id} scope={{ project_id: project.id }} wider={{}} />
      </Card>
    </div>
  );
}
