import { PreviewCard } from '@base-ui/react/preview-card';
import { useTranslation } from 'react-i18next';
import type { AskSource } from '../../../shared/ask-views.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { visibleText } from '../../lib/readable.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sourceAddress } from './source-address.ts';

const look =
  'tabular mx-px inline-flex h-[17px] min-w-[17px] items-center justify-center rounded bg-accent-soft px-1 align-[1px] text-[11px] leading-none font-medium text-accent-ink';

/** The number of a source within the answer: shows its passage on hover and focus, and opens it. */
export function Citation({ source }: { source: AskSource }) {
  const { t } = useTranslation();
  const address = sourceAddress(source);
  const name = t('ask.source', { number: source.number, title: source.title });
  return (
    <PreviewCard.Root>
      <PreviewCard.Trigger
        delay={150}
        closeDelay={100}
        href={address ?? undefined}
        tabIndex={0}
        role={address === null ? 'note' : undefined}
        aria-label={name}
        className={`${look} hover:bg-accent hover:text-on-accent focus-visible:outline-offset-1`}
      >
        {source.number}
      </PreviewCard.Trigger>
      <PreviewCard.Portal>
        <PreviewCard.Positioner sideOffset={6} collisionPadding={12} className="z-30">
          <PreviewCard.Popup className="w-[min(360px,calc(100vw-24px))] rounded-xl bg-panel p-3.5 shadow-pop transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            <SourceText source={source} />
          </PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  );
}

/** What a source says, and where it is from. */
export function SourceText({ source, brief = false }: { source: AskSource; brief?: boolean }) {
  const { t } = useTranslation();
  const from = [source.session_title, source.project_name].filter(Boolean).join(' · ');
  return (
    <>
      <p dir="auto" className={brief ? 'truncate font-medium' : 'font-medium [overflow-wrap:anywhere]'}>
        {visibleText(source.title)}
      </p>
      <p
        dir="auto"
        className={`mt-0.5 text-muted [overflow-wrap:anywhere] whitespace-pre-wrap ${brief ? 'line-clamp-2' : 'line-clamp-[10]'}`}
      >
        {visibleText(source.excerpt)}
      </p>
      <p className="tabular mt-1 flex min-w-0 items-center gap-x-1 text-xs text-faint">
        <span className="shrink-0">{t(`ask.kind.${source.kind}`)}</span>
        {from !== '' && <span className="min-w-0 truncate">· {visibleText(from)}</span>}
        <SourceTime source={source} />
      </p>
    </>
  );
}

/** When it happened; of a week, which has no session, the week: its first day alone would be older than all that it tells. */
function SourceTime({ source: { kind, session_id: session, occurred_at: at } }: { source: AskSource }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (kind !== 'summary' || session !== null) return <RelativeTime iso={at} className="ml-auto shrink-0" />;
  return <span className="ml-auto shrink-0">{t('summary.week', { date: format.day(at, now) })}</span>;
}
