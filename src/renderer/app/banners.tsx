import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pause, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from '@tanstack/react-router';
import { CappedBanner } from '../features/costs/capped-banner.tsx';
import { usePauseCapture } from '../features/status/capture-card.tsx';
import { connectionStore } from '../lib/connection.ts';
import { useLive } from '../lib/live.ts';
import { useMay } from '../lib/rights.ts';
import { useStore } from '../lib/store.ts';
import { trpc } from '../lib/trpc.ts';
import { Banner } from '../ui/banner.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';

/** What the person must know on every page: the worker is gone, or capture is paused. */
export function Banners() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const connection = useStore(connectionStore);
  const page = useLocation({ select: ({ pathname }) => pathname });
  const may = useMay();
  const status = useQuery({ ...trpc.status.get.queryOptions(), enabled: may('admin') });
  const pause = usePauseCapture();
  useLive(({ events, gap }) => {
    // Lists follow the events only while they are on the screen; the others are read again when they come back to it.
    for (const queryKey of [['sessions'], trpc.sessions.get.queryKey()]) {
      void cache.invalidateQueries({ queryKey, type: 'inactive', refetchType: 'none' });
    }
    const concerns = events.some(({ type }) => type.startsWith('capture.') || type === 'session.started');
    if (gap || concerns) void cache.invalidateQueries({ queryKey: trpc.status.get.queryKey() });
    if (gap || events.some(({ type }) => type === 'session.started')) {
      void cache.invalidateQueries({ queryKey: trpc.projects.list.queryKey() });
    }
  });
  const capture = status.data?.capture;
  return (
    <>
      {connection === 'unreachable' && (
        <Banner tone="danger" icon={Unplug}>
          <p className="min-w-0 flex-1">
            <strong className="font-semibold">{t('banner.unreachable.title')}</strong> {t('banner.unreachable.text')}
          </p>
        </Banner>
      )}
      {capture?.paused === true && (
        <Banner tone="warning" icon={Pause}>
          <p className="min-w-0 flex-1">
            <strong className="font-semibold">{t('banner.paused.title')}</strong> {t('banner.paused.text')}{' '}
            {capture.paused_since !== null && <RelativeTime iso={capture.paused_since} className="tabular" />}
          </p>
          {may('owner') && (
            <button
              type="button"
              onClick={() => pause.mutate({ paused: false })}
              className="shrink-0 rounded-md border border-current/30 px-2 py-0.5 font-medium hover:bg-panel/50"
            >
              {t('capture.resume')}
            </button>
          )}
        </Banner>
      )}
      {/* The page of costs says it itself, with more to it. */}
      {page !== '/costs' && <CappedBanner />}
    </>
  );
}
