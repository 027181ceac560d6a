import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plug, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HookInstallation } from '../../../shared/views.ts';
import { translateSentence } from '../../../shared/messages/translate-sentence.ts';
import { trpc } from '../../lib/trpc.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeLine } from '../../ui/code-line.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';
import { Card } from './card.tsx';
import { Copyable } from './copyable.tsx';
import { installCommand, uninstallCommand } from './hook-commands.ts';
import { InstallButton } from './install-button.tsx';

const tones: Record<HookInstallation['state'], Tone> = {
  installed: 'success',
  partial: 'warning',
  outdated: 'warning',
  absent: 'neutral',
  unreadable: 'danger',
};

/** Whether the agent's settings carry our hooks; puts them in and takes them out. */
export function HooksCard({ installation }: { installation: HookInstallation }) {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const uninstall = useMutation(
    trpc.hooks.uninstall.mutationOptions({
      onSuccess: () => showNotice(t('hooks.uninstalled')),
      onError: (error) => showError(t('hooks.uninstallFailed'), error),
      onSettled() {
        setAsking(false);
        return cache.invalidateQueries({ queryKey: trpc.status.get.queryKey() });
      },
    }),
  );
  const { state } = installation;
  const isInstalled = state === 'installed';
  const hasEntries = installation.events.length > 0;
  return (
    <Card icon={Plug} title={t('status.hooks')} action={<Badge tone={tones[state]}>{t(`hooks.state.${state}`)}</Badge>}>
      <Copyable text={installation.settings_file} />
      {hasEntries && (
        <p className="mt-2 flex flex-wrap gap-1">
          {installation.events.map((event) => (
            <Badge key={event}>{event}</Badge>
          ))}
        </p>
      )}
      {installation.problems.map((problem) => (
        <p key={problem} className="mt-2 flex gap-2 text-warning-ink">
          <TriangleAlert aria-hidden size={14} className="mt-[3px] shrink-0" />
          <span className="min-w-0 [overflow-wrap:anywhere]">{translateSentence(problem, i18n.language)}</span>
        </p>
      ))}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {!isInstalled && <InstallButton installation={installation} />}
        {hasEntries && (
          <Button needs="owner" look="danger" onClick={() => setAsking(true)}>
            {t('hooks.uninstall')}
          </Button>
        )}
        <CodeLine code={isInstalled ? uninstallCommand : installCommand} />
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => uninstall.mutate()}
        busy={uninstall.isPending}
        title={t('hooks.confirm.title')}
        description={t('hooks.confirm.text')}
        action={t('hooks.uninstall')}
      />
    </Card>
  );
}
