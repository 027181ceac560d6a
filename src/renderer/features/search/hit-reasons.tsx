import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../shared/search-views.ts';
import { useFormat } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';

const voices = ['observation', 'window', 'session', 'vector'] as const;
const boosts = ['recency', 'importance', 'pinned', 'project', 'graph', 'feedback'] as const;

/** An addend as it is read in a sum: with its sign, to three digits. */
function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

/** Why a hit is here: what each voice and each boost adds to its score, and the words that matched. */
export function HitReasons({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation();
  const format = useFormat();
  const given = boosts.filter((boost) => hit.boosts[boost] !== 0);
  return (
    <div className="tabular flex flex-col gap-2.5 px-3 pt-0.5 pb-3 pl-[38px] text-xs text-muted">
      <dl className="grid max-w-lg grid-cols-[auto_minmax(40px,1fr)_auto_auto] items-center gap-x-3 gap-y-1">
        {voices.map((voice) => {
          const { normalized, weight, raw } = hit.voices[voice];
          return (
            <div key={voice} className="contents">
              <dt title={t('search.voice.raw', { raw: raw.toFixed(2) })}>{t(`search.voice.${voice}`)}</dt>
              <dd className="h-1.5 overflow-hidden rounded-full bg-line">
                <span
                  className="block h-full rounded-full bg-accent"
                  style={{ width: `${Math.min(1, Math.max(0, normalized)) * 100}%` }}
                />
              </dd>
              <dd className="text-right">
                {format.percent(normalized)} × {format.number(weight)}
              </dd>
              <dd className="text-right text-ink">{signed(normalized * weight)}</dd>
            </div>
          );
        })}
        {given.map((boost) => (
          <div key={boost} className="contents">
            <dt className="col-span-3">{t(`search.boost.${boost}`, { entity: hit.graph_entity ?? '' })}</dt>
            <dd className={hit.boosts[boost] < 0 ? 'text-right text-danger-ink' : 'text-right text-ink'}>
              {signed(hit.boosts[boost])}
            </dd>
          </div>
        ))}
        <div className="col-span-4 flex justify-between border-t border-line-strong pt-1 font-medium text-ink">
          <dt>{t('search.score')}</dt>
          <dd>{hit.score.toFixed(3)}</dd>
        </div>
      </dl>
      {hit.matched_terms.length > 0 && (
        <p className="flex flex-wrap items-center gap-1.5">
          {t('search.matched')}
          {hit.matched_terms.map((term) => (
            <Badge key={term} tone="accent">
              {term}
            </Badge>
          ))}
        </p>
      )}
    </div>
  );
}
