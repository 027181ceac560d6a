import { useQuery } from '@tanstack/react-query';
import { useMatches } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { accessStore } from '../lib/connection.ts';
import { readableTitle } from '../lib/readable.ts';
import { useStore } from '../lib/store.ts';
import { trpc } from '../lib/trpc.ts';
import { pageOf } from './pages.ts';

const product = 'Claude-Mem';

/** Names the window after what it shows, for tabs, window lists and screen readers: the session that is open, else the page. */
export function useTitle(): void {
  const { t } = useTranslation();
  const mayLook = useStore(accessStore) === 'granted';
  // Of what is drawn: the address is ahead of it while a page is on its way.
  const page = useMatches({ select: (matches) => pageOf(matches.at(-1)?.pathname ?? '') });
  const sessionId = useMatches({ select: (matches) => sessionOf(matches.at(-1)) });
  const session = useQuery({
    ...trpc.sessions.get.queryOptions({ id: sessionId ?? '' }),
    enabled: mayLook && sessionId !== undefined,
  });
  const opened = sessionId === undefined ? null : readableTitle(session.data?.title ?? null);
  const name = opened ?? (page && t(page.label));
  const title = !mayLook || name === undefined ? product : `${name} · ${product}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function sessionOf(match: { params: object } | undefined): string | undefined {
  return match && 'sessionId' in match.params && typeof match.params.sessionId === 'string'
    ? match.params.sessionId
    : undefined;
}
