import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keepFocus } from '../../lib/keep-focus.ts';
import { client, queryClient } from '../../lib/trpc.ts';
import { showError, showNotice } from '../../ui/toast.tsx';
import type { DeletedItem } from './deleted-queries.ts';

const restoring = {
  session: client.sessions.restore,
  observation: client.observations.restore,
  memory: client.memories.restore,
} as const;

export interface DeletedActs {
  busy: boolean;
  restore(item: DeletedItem): void;
  /** Cannot be taken back; memories have no such way. */
  erase(item: DeletedItem): void;
}

/** What can be done with something that was deleted; says what came of it and reads the list again. */
export function useDeletedActs(refresh: () => void): DeletedActs {
  const { t } = useTranslation();
  const act = useMutation({
    mutationFn: async ({ run, notice }: { run: () => Promise<unknown>; notice: string }) => {
      await run();
      showNotice(notice);
      // What comes back is found again.
      void queryClient.invalidateQueries({ queryKey: ['search'] });
    },
    onError: (error) => showError(t('action.failed'), error),
    onSettled: refresh,
  });
  return {
    busy: act.isPending,
    restore({ kind, id }) {
      keepFocus();
      act.mutate({ run: () => restoring[kind].mutate({ id }), notice: t('deleted.restored') });
    },
    erase: ({ kind, id }) => {
      const erasing = kind === 'session' ? client.sessions.erase : client.observations.erase;
      if (kind !== 'memory') act.mutate({ run: () => erasing.mutate({ id }), notice: t('deleted.erased') });
    },
  };
}
