import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceView } from '../../../shared/cost-views.ts';
import { client } from '../../lib/trpc.ts';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { alignedField, FormField } from '../../ui/form-field.tsx';
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
  const name = model.trim();
  const isName = /^[^*]+\*?$/.test(name);
  function errorOf(part: PricePart): string | undefined {
    const value = parseAmount(texts[part]);
    if (!isAmount(value, mostDollars)) return t('costs.caps.invalid');
    return value === null && !part.startsWith('cache') ? t('field.needed') : undefined;
  }
  const save = useCostChange(onClose);
  function submit(): void {
    if (input === null || output === null) return;
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
      <Form
        isValid={isName && priceParts.every((part) => errorOf(part) === undefined)}
        onSubmit={submit}
        className="flex flex-col gap-3.5"
      >
        <FormField
          code
          label={t('costs.price.model')}
          value={model}
          readOnly={given !== ''}
          error={isName ? undefined : t('field.needed')}
          onChange={setModel}
        />
        <div className="grid grid-cols-2 gap-x-3 gap-y-1">
          {priceParts.map((part) => (
            <FormField
              key={part}
              inputMode="decimal"
              label={t(`costs.price.${part}`)}
              value={texts[part]}
              placeholder={part.startsWith('cache') ? texts.input : '0'}
              error={errorOf(part)}
              onChange={(text) => setTexts({ ...texts, [part]: text })}
              className={alignedField}
            />
          ))}
        </div>
        <FormButtons onCancel={onClose} busy={save.isPending} />
      </Form>
    </Dialog>
  );
}
