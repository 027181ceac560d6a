import { Link } from '@tanstack/react-router';
import { Quote } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LearningEvidence } from '../../../shared/learning-views.ts';
import { classes } from '../../lib/classes.ts';
import { readableTitle, visibleText } from '../../lib/readable.ts';
import { Badge } from '../../ui/badge.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** The words that a learning rests on; each opens where it was said or done. */
export function EvidenceList({ evidence }: { evidence: readonly LearningEvidence[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-medium text-faint">{t('learning.evidence')}</h3>
      {evidence.length === 0 && <p className="text-muted">{t('learning.evidence.none')}</p>}
      <ul className="flex flex-col gap-1">
        {evidence.map((entry) => (
          <li key={`${entry.role}${entry.observation_id}${entry.session_id}${entry.quote}`}>
            <EvidenceItem entry={entry} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const frame = 'flex gap-2.5 rounded-md border border-line px-3 py-2';

function EvidenceItem({ entry }: { entry: LearningEvidence }) {
  const { t } = useTranslation();
  const { role, quote, observation_id: observation, session_id: session } = entry;
  const contradicts = role === 'contradicts';
  const body = (
    <>
      <Quote
        aria-hidden
        size={13}
        className={classes('mt-[3px] shrink-0', contradicts ? 'text-danger' : 'text-faint')}
      />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="line-clamp-4 text-left whitespace-pre-wrap [overflow-wrap:anywhere]">
          {visibleText(quote)}
        </span>
        <span className="mt-0.5 flex min-w-0 items-center gap-2 text-xs text-faint">
          {contradicts && <Badge tone="danger">{t('learning.evidence.contradicts')}</Badge>}
          {session !== null && (
            <span className="min-w-0 truncate">{readableTitle(entry.session_title) ?? t('sessions.untitled')}</span>
          )}
          <RelativeTime iso={entry.occurred_at} className="tabular ml-auto shrink-0" />
        </span>
      </span>
    </>
  );
  if (session === null) return <div className={frame}>{body}</div>;
  return (
    <Link
      to="/sessions/$sessionId"
      params={{ sessionId: session }}
      search={observation === null ? {} : { observation }}
      className={classes(frame, 'hover:border-line-strong hover:bg-hover')}
    >
      {body}
    </Link>
  );
}
