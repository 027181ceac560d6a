import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceView } from '../../../shared/cost-views.ts';
import { client } from '../../lib/trpc.ts';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { isAmount, parseAmount } from './amount.ts';
import { useCostChange } from './cost-queries.ts';

export const priceParts = ['input', 'output', 'cache_read', 'cache_write'] as const;
type PricePart = (typeof priceParts)[number];

const mostDollars = 10_000;

export interface PriceDialogProps {
  /** Empty for a model that is still to be named. */
  model: string;
  price: PriceView | null;
  onClose(): void;
}

/** What a model's tokens cost; an empty price of the cache takes that of the input. */
export function PriceDialog({ model: given, price, onClose }: PriceDialogProps) {
  const { t } = useTranslation();
  const [model, setModel] = useState(given);
  const [texts, setTexts] = useState<Record<PricePart, string>>({
    input: price ? String(price.input) : '',
    output: price ? String(price.output) : '',
    cache_read: price ? String(price.cache_read) : '',
    cache_write: price ? String(price.cache_write) : '',
  });
  const [input, output] = [parseAmount(texts.input), parseAmount(texts.output)];
  const [cacheRead, cacheWrite] = [parseAmount(texts.cache_read), parseAmount(texts.cache_write)];
  const isWrong = (value: number | null): boolean => !isAmount(value, mostDollars);
  const wrong = [input, output, cacheRead, cacheWrite].some(isWrong);
  const name = model.trim();
  const isReady = !wrong && input !== null && output !== null && /^[^*]+\*?$/.test(name);
  const save = useCostChange(onClose);
  function submit(): void {
    if (!isReady || input === null || output === null) return;
    save.mutate(() =>
      client.costs.setPrice.mutate({
        model: name,
        input,
        output,
        cache_read: cacheRead ?? input,
        cache_write: cacheWrite ?? input,
      }),
    );
  }
  return (
    <Dialog open onClose={onClose} title={t('costs.price.title')} description={t('costs.prices.text')}>
      <form
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <FormField code label={t('costs.price.model')} value={model} readOnly={given !== ''} onChange={setModel} />
        <div className="grid grid-cols-2 gap-3">
          {priceParts.map((part) => (
            <FormField
              key={part}
              inputMode="decimal"
              label={t(`costs.price.${part}`)}
              value={texts[part]}
              placeholder={part.startsWith('cache') ? texts.input : '0'}
              aria-invalid={isWrong(parseAmount(texts[part]))}
              onChange={(text) => setTexts({ ...texts, [part]: text })}
            />
          ))}
        </div>
        {wrong && (
          <p role="alert" className="text-danger-ink">
            {t('costs.caps.invalid')}
          </p>
        )}
        <FormButtons onCancel={onClose} isReady={isReady} busy={save.isPending} />
      </form>
    </Dialog>
  );
}
