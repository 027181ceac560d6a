import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';
import { waitingOptions } from './permission-queries.ts';

/** How many agents wait for a person; nothing while none does. */
export function PermissionCount() {
  const { t } = useTranslation();
  const format = useFormat();
  const waiting = useQuery(waitingOptions);
  const count = waiting.data?.length ?? 0;
  if (count === 0) return null;
  return (
    <span
      title={t('nav.permissions.waiting', { count })}
      className="tabular inline-flex h-4 min-w-4 shrink-0 items-center justify-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-on-accent max-md:absolute max-md:-mt-4 max-md:ml-3"
    >
      <span className="sr-only">{t('nav.permissions.waiting', { count })}</span>
      <span aria-hidden>{format.number(count)}</span>
    </span>
  );
}
