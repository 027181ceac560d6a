import i18next from 'i18next';
import type { MemoryView } from '../../../shared/note-views.ts';
import { client } from '../../lib/trpc.ts';
import { showError, showNotice, showUndo } from '../../ui/toast.tsx';
import { refreshMemories } from './memory-queries.ts';

async function perform<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    showError(i18next.t('memory.failed'), error);
    return null;
  } finally {
    await refreshMemories();
  }
}

/** Null when it was refused; the notice says why. */
export async function remember(
  memory: Parameters<typeof client.memories.remember.mutate>[0],
): Promise<MemoryView | null> {
  const kept = await perform(() => client.memories.remember.mutate(memory));
  if (kept) {
    showUndo(
      i18next.t('memory.done.remembered'),
      i18next.t('action.undo'),
      () => void perform(() => client.memories.forget.mutate({ id: kept.id })),
    );
  }
  return kept;
}

export async function revise(
  id: string,
  change: Parameters<typeof client.memories.revise.mutate>[0]['change'],
): Promise<MemoryView | null> {
  const revised = await perform(() => client.memories.revise.mutate({ id, change }));
  if (revised) showNotice(i18next.t('memory.done.revised', { version: revised.version }));
  return revised;
}

export async function restore(ids: readonly string[]): Promise<void> {
  const done = await perform(async () => {
    for (const id of ids) await client.memories.restore.mutate({ id });
    return true;
  });
  if (done) showNotice(i18next.t('memory.done.restored', { count: ids.length }));
}

/** What to forget: one memory, or all that say these words. */
export type ForgetTarget = { id: string } | { text: string; project_id?: string | undefined };

export async function forget(target: ForgetTarget): Promise<boolean> {
  const gone = await perform(() => client.memories.forget.mutate(target));
  if (!gone) return false;
  const ids = gone.map(({ id }) => id);
  showUndo(
    i18next.t('memory.done.forgotten', { count: ids.length }),
    i18next.t('action.undo'),
    () => void restore(ids),
  );
  return true;
}
