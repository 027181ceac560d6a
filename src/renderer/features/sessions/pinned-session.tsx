import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../lib/trpc.ts';
import { SessionItem } from './session-item.tsx';

/** The open session, above a list that does not show it: it is further down, or the filters leave it out. */
export function PinnedSession({ id, href, onChoose }: { id: string; href: string; onChoose(id: string): void }) {
  const { t } = useTranslation();
  const session = useQuery(trpc.sessions.get.queryOptions({ id }));
  if (!session.data) return null;
  return (
    <section aria-label={t('sessions.opened')} className="shrink-0 border-b border-line py-1">
      <SessionItem session={session.data} href={href} open active={false} onChoose={onChoose} />
    </section>
  );
}
