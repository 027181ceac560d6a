import { CheckCircle2, Sparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { HookInstallation } from '../../../shared/views.ts';
import { CodeLine } from '../../ui/code-line.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { installCommand } from '../status/hook-commands.ts';
import { InstallButton } from '../status/install-button.tsx';

/** Before the first session: connect Claude Code, or wait for it. */
export function FirstRun({ installation }: { installation: HookInstallation }) {
  const { t } = useTranslation();
  if (installation.state === 'installed') {
    return (
      <EmptyState isPage icon={CheckCircle2} title={t('firstRun.waiting.title')} text={t('firstRun.waiting.text')}>
        <CodeLine code="claude" />
      </EmptyState>
    );
  }
  return (
    <EmptyState isPage icon={Sparkles} title={t('firstRun.title')} text={t('firstRun.text')}>
      <InstallButton installation={installation} />
      <p className="text-xs text-faint">{t('firstRun.command')}</p>
      <CodeLine code={installCommand} />
      <p className="max-w-96 text-xs [overflow-wrap:anywhere] text-faint">
        {t('firstRun.file', { file: installation.settings_file })}
      </p>
    </EmptyState>
  );
}
