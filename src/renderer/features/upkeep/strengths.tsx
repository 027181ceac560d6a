import { HeartPulse } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AgingReport } from '../../../shared/upkeep-views.ts';
import { useFormat } from '../../lib/format.ts';
import { Card } from '../status/card.tsx';

const kinds = ['observations', 'learnings', 'memories'] as const;

/** How much of the memory is how strong, in tenths from faded to strong. */
export function Strengths({ strengths }: { strengths: AgingReport['strengths'] }) {
  const { t } = useTranslation();
  return (
    <Card icon={HeartPulse} title={t('upkeep.strengths')}>
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-3">
        {kinds.map((kind) => (
          <Tenths key={kind} title={t(`upkeep.strengths.${kind}`)} counts={strengths[kind]} />
        ))}
      </div>
    </Card>
  );
}

function Tenths({ title, counts }: { title: string; counts: readonly number[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = counts.reduce((sum, count) => sum + count, 0);
  const most = Math.max(...counts, 1);
  const told = (count: number, index: number): string =>
    t('upkeep.strengths.tenth', {
      from: format.number(index / 10),
      to: format.number((index + 1) / 10),
      number: format.number(count),
    });
  return (
    <figure className="min-w-0">
      <figcaption className="tabular flex items-baseline justify-between gap-2">
        <span className="font-medium">{title}</span>
        <span className="text-xs text-faint">{total === 0 ? t('upkeep.strengths.none') : format.number(total)}</span>
      </figcaption>
      <div
        role="img"
        aria-label={`${title}: ${counts.map(told).join('; ')}`}
        className="mt-2 flex h-12 items-end gap-0.5"
      >
        {counts.map((count, index) => (
          <span
            // A tenth is its place.
            key={index}
            title={told(count, index)}
            className={`flex-1 rounded-t-[2px] ${count === 0 ? 'bg-line' : 'bg-accent'}`}
            style={{ height: count === 0 ? 1 : `${Math.max(6, (count / most) * 100)}%` }}
          />
        ))}
      </div>
      <p aria-hidden className="mt-1 flex justify-between text-[11px] text-faint">
        <span>{t('upkeep.strengths.weak')}</span>
        <span>{t('upkeep.strengths.strong')}</span>
      </p>
    </figure>
  );
}
