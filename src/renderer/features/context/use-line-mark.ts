import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ContextLine, Mark } from '../../../shared/context-views.ts';
import { client, trpc } from '../../lib/trpc.ts';
import { showError, showUndo } from '../../ui/toast.tsx';

type About = Pick<ContextLine, 'observation_id' | 'session_id'>;

async function setMark({ observation_id: observation, session_id: session }: About, mark: Mark | null): Promise<void> {
  if (observation !== null) await client.observations.mark.mutate({ id: observation, mark });
  else if (session !== null) await client.sessions.mark.mutate({ id: session, mark });
}

async function markOf({ observation_id: observation, session_id: session }: About): Promise<Mark | null> {
  if (observation !== null) return (await client.observations.get.query({ id: observation })).mark;
  return session === null ? null : (await client.sessions.get.query({ id: session })).mark;
}

/** Pins, hides or marks as wrong what a line tells of; the preview is read again, and a notice undoes it. */
export function useLineMark(): (line: About, mark: Mark) => void {
  const { t } = useTranslation();
  const cache = useQueryClient();

  async function keep(line: About, mark: Mark | null): Promise<void> {
    await setMark(line, mark);
    await cache.invalidateQueries({ queryKey: trpc.context.preview.queryKey() });
  }
  async function run(line: About, mark: Mark): Promise<void> {
    const before = await markOf(line);
    await keep(line, mark);
    showUndo(t(`mark.done.${mark}`), t('action.undo'), () => void keep(line, before).catch(fail));
  }
  const fail = (error: unknown): void => showError(t('mark.failed'), error);
  return (line, mark) => void run(line, mark).catch(fail);
}
