import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { HookInstallation } from '../../../shared/views.ts';
import { keepFocus } from '../../lib/keep-focus.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';

/** Merges our hooks into the agent's settings; repairs them when they are incomplete. */
export function InstallButton({ installation }: { installation: HookInstallation }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const install = useMutation(
    trpc.hooks.install.mutationOptions({
      onSuccess: () => showNotice(t('hooks.installed')),
      onError: (error) => showError(t('hooks.installFailed'), error),
      onSettled: () => cache.invalidateQueries({ queryKey: trpc.status.get.queryKey() }),
    }),
  );
  return (
    <Button
      needs="owner"
      look="primary"
      icon={Plug}
      busy={install.isPending}
      onClick={() => {
        keepFocus();
        install.mutate();
      }}
    >
      {t(installation.state === 'absent' || installation.state === 'unreadable' ? 'hooks.install' : 'hooks.repair')}
    </Button>
  );
}
