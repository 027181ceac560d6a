import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { visibleText } from '../../lib/readable.ts';
import { client } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { forget } from './memory-acts.ts';

/** Says what would be forgotten by some words, and forgets exactly that. */
export function ForgetDialog({ project, onClose }: { project: string | undefined; onClose(): void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const words = text.trim();
  const target = { text: words, ...(project !== undefined && { project_id: project }) };
  // A dry run changes nothing, so it may be asked as often as the text changes.
  const would = useQuery({
    queryKey: ['memories', 'would-forget', target],
    queryFn: () => client.memories.forget.mutate({ ...target, dry_run: true }),
    enabled: words !== '',
    staleTime: 0,
    placeholderData: (previous) => previous,
  });
  const gone = words === '' ? [] : (would.data ?? []);
  return (
    <Dialog wide open onClose={onClose} title={t('memory.forget.title')} description={t('memory.forget.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (gone.length === 0 || would.isFetching || busy) return;
          setBusy(true);
          void forget(target).then((done) => (done ? onClose() : setBusy(false)));
        }}
        className="flex flex-col gap-3"
      >
        <FormField
          label={t('memory.forget.words')}
          value={text}
          onChange={setText}
          // oxlint-disable-next-line jsx_a11y/no-autofocus
          autoFocus
        />
        <div role="status">
          {words !== '' && would.isSuccess && (
            <p className="mb-1 text-xs font-medium text-muted">{t('memory.forget.would', { count: gone.length })}</p>
          )}
          {would.isError && <p className="text-danger-ink">{would.error.message}</p>}
        </div>
        {gone.length > 0 && (
          <ul
            aria-label={t('memory.forget.would', { count: gone.length })}
            className="max-h-56 divide-y divide-line overflow-y-auto rounded-md border border-line"
          >
            {gone.map((memory) => (
              <li key={memory.id} dir="auto" className="line-clamp-2 px-3 py-1.5 text-left [overflow-wrap:anywhere]">
                {visibleText(memory.text)}
              </li>
            ))}
          </ul>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="destructive" type="submit" busy={busy} disabled={gone.length === 0 || would.isFetching}>
            {t('memory.do.forget')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
