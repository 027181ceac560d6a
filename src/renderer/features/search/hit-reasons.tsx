import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../shared/views.ts';
import { useFormat } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';

const voices = ['observation', 'window', 'session'] as const;

/** Why a hit is here: how much each voice gave, and the words that matched. */
export function HitReasons({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-2 px-3 pb-3 pl-[38px] text-xs text-muted">
      <dl className="grid max-w-md grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1">
        {voices.map((voice) => {
          const { normalized, weight, raw } = hit.voices[voice];
          return (
            <div key={voice} className="contents" title={t('search.voice.raw', { raw: raw.toFixed(2) })}>
              <dt>{t(`search.voice.${voice}`)}</dt>
              <dd className="h-1.5 overflow-hidden rounded-full bg-line">
                <span
                  className="block h-full rounded-full bg-accent"
                  style={{ width: `${Math.min(1, Math.max(0, normalized)) * 100}%` }}
                />
              </dd>
              <dd className="tabular text-right">
                {format.percent(normalized)} × {weight}
              </dd>
            </div>
          );
        })}
      </dl>
      <p className="flex flex-wrap items-center gap-1.5">
        {t('search.matched')}
        {hit.matched_terms.map((term) => (
          <Badge key={term} tone="accent">
            {term}
          </Badge>
        ))}
      </p>
    </div>
  );
}
