import { Link } from '@tanstack/react-router';
import { Bookmark, Lightbulb } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { memoryTypes } from '../../../shared/note-views.ts';
import { learningCategories } from '../../../shared/learning-views.ts';
import type { KnownHit } from '../../../shared/search-views.ts';
import { visibleText } from '../../lib/readable.ts';

/** Learnings and memories that speak to the query, above what happened; each opens where it can be changed. */
export function KnownHits({ known }: { known: readonly KnownHit[] }) {
  const { t } = useTranslation();
  return (
    <ul aria-label={t('search.known')} className="mt-2 mb-1 rounded-lg border border-line bg-raised py-1">
      {known.map((hit) => (
        <li key={hit.id}>
          <KnownHitLink hit={hit} />
        </li>
      ))}
    </ul>
  );
}

function KnownHitLink({ hit }: { hit: KnownHit }) {
  const { t } = useTranslation();
  const Icon = hit.kind === 'learning' ? Lightbulb : Bookmark;
  const [statement = ''] = hit.text.split('\n', 1);
  const category = learningCategories.find((each) => each === hit.category);
  const type = memoryTypes.find((each) => each === hit.category);
  return (
    <Link
      to="/learnings"
      search={{ tab: hit.kind === 'learning' ? 'all' : 'memories', open: hit.id }}
      className="flex min-h-8 min-w-0 items-center gap-2 px-3 py-1 hover:bg-selected"
    >
      <Icon aria-hidden size={14} className="shrink-0 text-accent-ink" />
      <span dir="auto" className="min-w-0 flex-1 truncate text-left">
        {visibleText(statement)}
      </span>
      <span className="shrink-0 text-xs text-faint">
        {[
          category !== undefined && t(`learning.category.${category}`),
          type !== undefined && t(`memory.type.${type}`),
          hit.state === 'proposed' && t('search.known.proposed'),
          hit.project?.name,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </Link>
  );
}
