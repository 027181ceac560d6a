import { useQuery } from '@tanstack/react-query';
import { ListFilter, Pencil, Plus, RotateCcw, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceView } from '../../../shared/cost-views.ts';
import { client, trpc } from '../../lib/trpc.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useCostChange } from './cost-queries.ts';
import { PriceDialog, priceParts } from './price-dialog.tsx';

/** What a narrow window has no room for; the form shows it. */
const wide: Record<string, string> = { cache_read: 'hidden sm:table-cell', cache_write: 'hidden sm:table-cell' };

/** What tokens cost: the list that ships with the app, and what a person put in its place. */
export function PricesPage({ unpriced }: { unpriced: readonly string[] }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [editing, setEditing] = useState<string | null>(null);
  const query = useQuery({ ...trpc.costs.prices.queryOptions(), staleTime: 0 });
  const prices = query.data ?? [];
  const shown = prices.filter(({ model }) => model.toLowerCase().includes(text.trim().toLowerCase()));
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    // Scrolls, so it must be reachable by keyboard.
    <div className="h-full overflow-y-auto" tabIndex={0} role="group" aria-label={t('costs.prices.label')}>
      <div className="mx-auto max-w-4xl px-5 py-4">
        <Unpriced models={unpriced} onSet={setEditing} />
        <div className="mb-2 flex flex-wrap items-center gap-2">
          <p className="min-w-0 flex-[1_1_300px] text-xs text-muted">{t('costs.prices.text')}</p>
          <TextField
            icon={ListFilter}
            label={t('costs.prices.filter')}
            value={text}
            onChange={setText}
            className="w-44"
          />
          <Button needs="admin" icon={Plus} onClick={() => setEditing('')}>
            {t('costs.prices.add')}
          </Button>
        </div>
        {query.isPending ? <Skeleton className="h-64" /> : <PriceTable prices={shown} onEdit={setEditing} />}
      </div>
      {editing !== null && (
        <PriceDialog
          model={editing}
          price={prices.find(({ model }) => model === editing) ?? null}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}

/** Models that paid work waits for, because nobody knows what they cost. */
export function Unpriced({ models, onSet }: { models: readonly string[]; onSet(model: string): void }) {
  const { t } = useTranslation();
  if (models.length === 0) return null;
  return (
    <section
      aria-label={t('costs.unpriced.title')}
      className="mb-4 flex gap-2.5 rounded-lg bg-warning-soft px-3 py-2.5 text-warning-ink"
    >
      <TriangleAlert aria-hidden size={15} className="mt-[3px] shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{t('costs.unpriced.title')}</p>
        <p>{t('costs.unpriced.text')}</p>
        <ul className="mt-1.5 flex flex-col gap-1.5">
          {models.map((model) => (
            <li key={model} className="flex items-center gap-2">
              <span className="min-w-0 truncate font-mono text-xs">{model}</span>
              <Button needs="admin" onClick={() => onSet(model)}>
                {t('costs.unpriced.set')}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function PriceTable({ prices, onEdit }: { prices: readonly PriceView[]; onEdit(model: string): void }) {
  const { t, i18n } = useTranslation();
  const reset = useCostChange(() => {});
  const amount = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  return (
    <div className="overflow-x-auto">
      <table className="tabular w-full">
        <thead className="text-xs text-faint">
          <tr>
            <th className="pb-1 text-left font-normal">{t('costs.price.model')}</th>
            {priceParts.map((part) => (
              <th key={part} className={`pb-1 pl-3 text-right font-normal whitespace-nowrap ${wide[part] ?? ''}`}>
                {t(`costs.price.${part}`)}
              </th>
            ))}
            <th className="w-16 pb-1">
              <span className="sr-only">{t('action.change')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {prices.map((price) => (
            <tr key={price.model} className="group border-t border-line hover:bg-hover">
              <td className="py-1">
                <span className="flex items-center gap-2">
                  <span className="font-mono text-xs [overflow-wrap:anywhere]">{price.model}</span>
                  {price.edited && <Badge tone="accent">{t('costs.prices.edited')}</Badge>}
                </span>
              </td>
              {priceParts.map((part) => (
                <td key={part} className={`py-1 pl-3 text-right text-muted ${wide[part] ?? ''}`}>
                  {amount.format(price[part])}
                </td>
              ))}
              <td className="py-0.5 text-right whitespace-nowrap">
                {price.edited && (
                  <IconButton
                    small
                    needs="admin"
                    icon={RotateCcw}
                    label={t('costs.prices.reset.of', { model: price.model })}
                    onClick={() => reset.mutate(() => client.costs.resetPrice.mutate({ model: price.model }))}
                  />
                )}
                <IconButton
                  small
                  needs="admin"
                  icon={Pencil}
                  label={t('costs.prices.edit.of', { model: price.model })}
                  onClick={() => onEdit(price.model)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
