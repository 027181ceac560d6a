import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useExamples } from './use-examples.ts';

/** Before anything is typed: what can be asked. */
export function SearchIntroduction({ onExample }: { onExample(text: string): void }) {
  const { t } = useTranslation();
  const { examples, isPending } = useExamples();
  return (
    <EmptyState icon={Search} title={t('search.intro.title')} text={t('search.intro.text')}>
      {examples.length === 0 && !isPending && <p className="text-xs text-faint">{t('search.hint')}</p>}
      {examples.length > 0 && (
        <ul aria-label={t('search.examples')} className="flex max-w-md flex-wrap justify-center gap-1.5">
          {examples.map((example) => (
            <li key={example}>
              <button
                type="button"
                dir="auto"
                onClick={() => onExample(example)}
                className="rounded-full border border-line bg-panel px-3 py-1 text-muted hover:bg-hover hover:text-ink"
              >
                {example}
              </button>
            </li>
          ))}
        </ul>
      )}
    </EmptyState>
  );
}
