import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepFocus } from '../../lib/keep-focus.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useListKeyboard } from '../../lib/list-keyboard.ts';
import { readableTitle } from '../../lib/readable.ts';
import { useMay } from '../../lib/rights.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { deletedKinds, type DeletedKind } from './deleted-params.ts';
import { deletedOptions, deletersOptions, useLiveDeleted, type DeletedItem } from './deleted-queries.ts';
import { DeletedRow } from './deleted-row.tsx';
import { useDeletedActs } from './use-deleted-acts.ts';

/** What was deleted and can be taken back, or erased for good. */
export function DeletedPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { kind = 'session' } = useSearch({ from: '/deleted' });
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-2">
        <h1 className="flex-1 text-[15px] font-semibold">{t('nav.deleted')}</h1>
        <Segmented
          label={t('deleted.kind')}
          value={kind}
          options={deletedKinds.map((value) => ({ value, label: t(`deleted.kind.${value}`) }))}
          onChange={(value) =>
            void navigate({ to: '/deleted', search: value === 'session' ? {} : { kind: value }, replace: true })
          }
        />
      </header>
      {/* Scrolls, so it must be reachable by keyboard. */}
      <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={0} role="group" aria-label={t(`deleted.kind.${kind}`)}>
        <DeletedList key={kind} kind={kind} />
      </div>
    </div>
  );
}

function DeletedList({ kind }: { kind: DeletedKind }) {
  const { t } = useTranslation();
  const may = useMay();
  const list = useRef<HTMLUListElement>(null);
  const [erased, setErased] = useState<DeletedItem | null>(null);
  const query = useInfiniteQuery(deletedOptions(kind));
  const deleters = useQuery({ ...deletersOptions(kind), enabled: may('admin') });
  const acts = useDeletedActs(useLiveDeleted());
  const items = useMemo(() => query.data?.pages.flatMap(({ data }) => data) ?? [], [query.data]);
  const keyboard = useListKeyboard({
    ids: items.map(({ id }) => id),
    initialIndex: 0,
    show: (index) => list.current?.children[index]?.scrollIntoView({ block: 'nearest' }),
    open: () => {},
  });
  const active = items[keyboard.active];
  function askToErase(item: DeletedItem): void {
    // The dialog gives the keyboard back to the row, which goes then.
    keepFocus();
    setErased(item.kind === 'memory' ? null : item);
  }
  useShortcuts(
    active === undefined
      ? []
      : [
          { keys: 'r', needs: 'write', run: () => acts.restore(active) },
          { keys: 'Delete', needs: 'admin', run: () => askToErase(active) },
        ],
  );

  if (query.isError && items.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isPending) return <Skeleton className="mx-auto mt-5 h-40 max-w-3xl rounded-xl" />;
  if (items.length === 0) {
    return <EmptyState icon={Trash2} title={t(`deleted.none.${kind}.title`)} text={t('deleted.none.text')} />;
  }
  const nameOf = ({ title }: DeletedItem): string => readableTitle(title) ?? t('sessions.untitled');
  return (
    <div className="mx-auto max-w-3xl px-5 py-4">
      <p className="mb-2 px-3 text-xs text-muted">{t(kind === 'memory' ? 'deleted.text.memory' : 'deleted.text')}</p>
      <ul ref={list} aria-label={t(`deleted.kind.${kind}`)} className="flex flex-col gap-px">
        {items.map((item, index) => (
          <li key={item.id}>
            <DeletedRow
              item={item}
              name={nameOf(item)}
              by={deleters.data?.get(item.id)}
              active={index === keyboard.active}
              onPoint={() => keyboard.setActive(item.id)}
              onRestore={() => acts.restore(item)}
              onErase={kind === 'memory' ? null : () => askToErase(item)}
            />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('deleted.more')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={erased !== null}
        onClose={() => setErased(null)}
        title={t('deleted.erase.title', { name: erased === null ? '' : nameOf(erased) })}
        description={t('deleted.erase.text')}
        action={t('deleted.erase')}
        onConfirm={() => {
          if (erased !== null) acts.erase(erased);
          setErased(null);
        }}
      />
    </div>
  );
}
