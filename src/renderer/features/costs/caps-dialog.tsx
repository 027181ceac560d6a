import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CostOverview } from '../../../shared/cost-views.ts';
import { useFormat } from '../../lib/format.ts';
import { client } from '../../lib/trpc.ts';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { alignedField, FormField } from '../../ui/form-field.tsx';
import { isAmount, parseAmount } from './amount.ts';
import { useCostChange } from './cost-queries.ts';

const mostDollars = 100_000;
const textOf = (amount: number | null): string => (amount === null ? '' : String(amount));

/** How much paid work may cost in a day and in a month, beside what was spent. */
export function CapsDialog({ overview, onClose }: { overview: CostOverview; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [day, setDay] = useState(textOf(overview.caps.day_usd));
  const [month, setMonth] = useState(textOf(overview.caps.month_usd));
  const caps = { day_usd: parseAmount(day), month_usd: parseAmount(month) };
  const isWrong = !isAmount(caps.day_usd, mostDollars) || !isAmount(caps.month_usd, mostDollars);
  const save = useCostChange(onClose);
  const fields = [
    { name: 'day', value: day, set: setDay, spent: overview.today.cost_usd },
    { name: 'month', value: month, set: setMonth, spent: overview.month.cost_usd },
  ] as const;
  return (
    <Dialog open onClose={onClose} title={t('costs.caps')} description={t('costs.caps.text')}>
      <Form
        isValid={!isWrong}
        onSubmit={() => save.mutate(() => client.costs.setCaps.mutate(caps))}
        className="flex flex-col gap-3.5"
      >
        <div className="grid grid-cols-2 gap-x-3">
          {fields.map(({ name, value, set, spent }) => (
            <FormField
              key={name}
              inputMode="decimal"
              label={t(`costs.caps.${name}`)}
              placeholder={t('costs.noCap')}
              value={value}
              hint={t('costs.caps.spent', { amount: format.money(spent) })}
              error={isAmount(parseAmount(value), mostDollars) ? undefined : t('costs.caps.invalid')}
              onChange={set}
              className={alignedField}
            />
          ))}
        </div>
        <p className="text-xs text-faint">{t('costs.caps.hint')}</p>
        <FormButtons onCancel={onClose} busy={save.isPending} />
      </Form>
    </Dialog>
  );
}
