import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Both languages are equal in search, so both are shown whatever the window speaks. */
const examples = ['busy timeout', 'sqliteBusy', 'src/db.js', '登录 失败', '时钟偏差', 'why did the build break'];

/** Before anything is typed: what can be asked. */
export function SearchIntroduction({ onExample }: { onExample(text: string): void }) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={Search} title={t('search.intro.title')} text={t('search.intro.text')}>
      <ul aria-label={t('search.examples')} className="flex max-w-md flex-wrap justify-center gap-1.5">
        {examples.map((example) => (
          <li key={example}>
            <button
              type="button"
              onClick={() => onExample(example)}
              className="rounded-full border border-line bg-panel px-3 py-1 text-muted hover:bg-hover hover:text-ink"
            >
              {example}
            </button>
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}
