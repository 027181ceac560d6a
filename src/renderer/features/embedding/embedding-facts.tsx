import { useTranslation } from 'react-i18next';
import type { EmbeddingStatus } from '../../../shared/embedding-views.ts';
import { useFormat } from '../../lib/format.ts';
import { Facts } from '../status/card.tsx';
import { Copyable } from '../status/copyable.tsx';

/** Which model answers searches, with how many vectors, and what it has cost. */
export function EmbeddingFacts({ embedding }: { embedding: EmbeddingStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { active, settings, usage, backend } = embedding;
  const rows: (readonly [string, React.ReactNode])[] = [
    ...(settings.base_url === null
      ? []
      : [[t('status.address'), <Copyable key="url" text={settings.base_url} />] as const]),
    ...(active
      ? [
          [
            t('embedding.model'),
            t('embedding.modelValue', { model: active.model_id, dimension: format.number(active.dimension) }),
          ] as const,
          [
            t('embedding.vectors'),
            t(`embedding.backend.${backend}`, { number: format.number(active.vectors) }),
          ] as const,
        ]
      : []),
    ...(usage.requests === 0
      ? []
      : [
          [
            t('embedding.usage'),
            t('embedding.usageValue', {
              requests: format.number(usage.requests),
              tokens: format.number(usage.tokens),
              cost: format.money(usage.cost_usd),
            }),
          ] as const,
        ]),
  ];
  return rows.length === 0 ? null : (
    <div className="mt-3">
      <Facts facts={rows} />
    </div>
  );
}
