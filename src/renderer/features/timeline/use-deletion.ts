import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keepFocus } from '../../lib/keep-focus.ts';
import { client } from '../../lib/trpc.ts';
import { showError, showUndo } from '../../ui/toast.tsx';

/** Deletes a session and leaves it; the notice takes it back and opens it again. */
export function useDeleteSession(): (id: string) => void {
  const { t } = useTranslation();
  const navigate = useNavigate();

  async function restore(id: string): Promise<void> {
    try {
      await client.sessions.restore.mutate({ id });
      await navigate({ to: '/sessions/$sessionId', params: { sessionId: id } });
    } catch (error) {
      showError(t('delete.notRestored'), error);
    }
  }

  return (id) => {
    keepFocus();
    client.sessions.delete.mutate({ id }).then(
      async () => {
        showUndo(t('delete.done.session'), t('action.undo'), () => void restore(id));
        await navigate({ to: '/sessions' });
      },
      (error: unknown) => showError(t('delete.failed'), error),
    );
  };
}

/** Deletes one observation; the notice takes it back. `onChange` reads again what showed it, besides the timeline. */
export function useDeleteObservation(): (id: string) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();
  // Answers of searches are kept under this name.
  const readAgain = (): void => void cache.invalidateQueries({ queryKey: ['search'] });

  async function restore(id: string): Promise<void> {
    try {
      await client.observations.restore.mutate({ id });
      readAgain();
    } catch (error) {
      showError(t('delete.notRestored'), error);
    }
  }

  return (id) => {
    keepFocus();
    client.observations.delete.mutate({ id }).then(
      () => {
        readAgain();
        showUndo(t('delete.done.observation'), t('action.undo'), () => void restore(id));
      },
      (error: unknown) => showError(t('delete.failed'), error),
    );
  };
}
