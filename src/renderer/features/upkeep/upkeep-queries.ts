import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../lib/trpc.ts';
import { showError, showNotice } from '../../ui/toast.tsx';

/** Keeps a policy; what a run would do is then looked at again. */
export function useSetPolicy(onSaved: () => void) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  return useMutation(
    trpc.upkeep.setPolicy.mutationOptions({
      onSuccess() {
        onSaved();
        showNotice(t('action.saved'));
      },
      onError: (error) => showError(t('action.failed'), error),
      onSettled: () => cache.invalidateQueries({ queryKey: trpc.upkeep.pathKey() }),
    }),
  );
}

export function useRunUpkeep(onDone: () => void) {
  const { t } = useTranslation();
  return useMutation(
    trpc.upkeep.run.mutationOptions({
      onSuccess() {
        showNotice(t('upkeep.queued'));
        onDone();
      },
      onError: (error) => showError(t('action.failed'), error),
    }),
  );
}
