import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';

/** How many proposals wait for a person; nothing while there are none. */
export function ProposalCount() {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = useQuery(trpc.learnings.counts.queryOptions({}));
  const count = counts.data?.by_state.proposed ?? 0;
  if (count === 0) return null;
  return (
    <span
      title={t('nav.proposals', { count })}
      className="tabular inline-flex h-4 min-w-4 shrink-0 items-center justify-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-on-accent max-md:absolute max-md:-mt-4 max-md:ml-3"
    >
      <span className="sr-only">{t('nav.proposals', { count })}</span>
      <span aria-hidden>{format.number(count)}</span>
    </span>
  );
}
