import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PieChart } from 'lucide-react';
import type { CostOverview, CostRow } from '../../../shared/cost-views.ts';
import { modelPurposes } from '../../../shared/model-views.ts';
import { useFormat } from '../../lib/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Card } from '../status/card.tsx';

type Group = 'model' | 'project' | 'purpose';
const groups: readonly Group[] = ['model', 'project', 'purpose'];

/** What a narrow window has no room for. */
const wide: Record<string, string> = {
  input: 'hidden sm:table-cell',
  output: 'hidden sm:table-cell',
  cached: 'hidden md:table-cell',
};

/** Who spent it: by model, project, or what it was for. */
export function CostTable({ overview }: { overview: CostOverview }) {
  const { t } = useTranslation();
  const [group, setGroup] = useState<Group>('model');
  const rows = overview.groups[group];
  return (
    <Card
      icon={PieChart}
      title={t('filter.period.month')}
      action={
        <Segmented
          label={t('costs.by')}
          value={group}
          options={groups.map((value) => ({ value, label: t(`costs.by.${value}`) }))}
          onChange={(value) => setGroup(value)}
        />
      }
    >
      {rows.length === 0 ? <p className="text-muted">{t('costs.by.none')}</p> : <Rows group={group} rows={rows} />}
    </Card>
  );
}

function Rows({ group, rows }: { group: Group; rows: readonly CostRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const most = Math.max(...rows.map(({ cost_usd: cost }) => cost), Number.MIN_VALUE);
  const purpose = (key: string): string => {
    const known = modelPurposes.find((each) => each === key);
    return known ? t(`costs.purpose.${known}`) : key;
  };
  const nameOf = ({ key, label }: CostRow): string =>
    group === 'purpose' ? purpose(key) : label === '' ? t('costs.noProject') : label;
  return (
    <div
      className="overflow-x-auto"
      tabIndex={0}
      role="group"
      aria-label={`${t('costs.by')} ${t(`costs.by.${group}`)}`}
    >
      <table className="tabular w-full">
        <thead className="text-xs text-faint">
          <tr>
            <th className="pb-1 text-left font-normal">{t(`costs.by.${group}`)}</th>
            {(['calls', 'input', 'output', 'cached', 'cost'] as const).map((column) => (
              <th key={column} className={`pb-1 pl-3 text-right font-normal whitespace-nowrap ${wide[column] ?? ''}`}>
                {t(`costs.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-t border-line">
              <td className="max-w-0 min-w-32 py-1.5">
                <span className="block truncate" title={nameOf(row)}>
                  {nameOf(row)}
                </span>
                <span aria-hidden className="mt-1 block h-1 rounded-full bg-line">
                  <span
                    className="block h-full rounded-full bg-accent"
                    style={{ width: `${(row.cost_usd / most) * 100}%` }}
                  />
                </span>
              </td>
              <td className="py-1.5 pl-3 text-right text-muted">{format.number(row.calls)}</td>
              <td className={`py-1.5 pl-3 text-right text-muted ${wide.input}`}>{format.compact(row.input_tokens)}</td>
              <td className={`py-1.5 pl-3 text-right text-muted ${wide.output}`}>
                {format.compact(row.output_tokens)}
              </td>
              <td className={`py-1.5 pl-3 text-right text-muted ${wide.cached}`}>
                {format.compact(row.cache_read_tokens)}
              </td>
              <td className="py-1.5 pl-3 text-right font-medium">{format.money(row.cost_usd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
