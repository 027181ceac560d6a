import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelStatus, ModelTier } from '../../../shared/model-views.ts';
import { useFormat } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { Facts } from '../status/card.tsx';
import { Copyable } from '../status/copyable.tsx';

/** Where the model is and what it has cost. */
export function ModelFacts({ status }: { status: ModelStatus }) {
  const { settings } = status;
  const { t } = useTranslation();
  const format = useFormat();
  const costs = useQuery(trpc.costs.overview.queryOptions({}));
  const { models, key_source: source } = settings;
  const program = settings.kind === 'claude-cli' ? (settings.cli_path ?? status.claude_path) : null;
  const facts: (readonly [string, ReactNode] | null)[] = [
    settings.base_url === null ? null : [t('status.address'), <Copyable key="url" text={settings.base_url} />],
    program === null ? null : [t('model.cli'), <Copyable key="cli" text={program} />],
    ...(['large', 'small'] as const).map((tier) => {
      const name = models[tier] ?? usualModel(status, tier);
      return name === null ? null : ([t(`model.${tier}`), name] as const);
    }),
    settings.kind === 'claude-cli'
      ? null
      : [
          t('model.key'),
          source === 'environment'
            ? t('model.key.environment', { variable: settings.key_variable ?? '' })
            : t(`model.key.${source}`),
        ],
    costs.data
      ? [
          t('model.spent.label'),
          <Link key="costs" to="/costs" className="text-accent-ink hover:underline">
            {t('model.spent', {
              today: format.money(costs.data.today.cost_usd),
              month: format.money(costs.data.month.cost_usd),
            })}
          </Link>,
        ]
      : null,
  ];
  return (
    <div className="mt-3">
      <Facts facts={facts.filter((fact) => fact !== null)} />
    </div>
  );
}

/** The one that is asked where none is named. */
function usualModel({ settings, default_models: usual }: ModelStatus, tier: ModelTier): string | null {
  if (settings.kind === 'claude-cli') return usual['claude-cli'][tier];
  return settings.kind === 'anthropic' && settings.base_url === null ? usual.anthropic[tier] : null;
}
