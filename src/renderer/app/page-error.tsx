import { Bug, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { CodeLine } from '../ui/code-line.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** A page that threw: the rest of the window goes on. */
export function PageError({ error, reset }: { error: unknown; reset(): void }) {
  const { t } = useTranslation();
  return (
    <EmptyState isPage icon={Bug} title={t('error.crash.title')} text={t('error.crash.text')}>
      <CodeLine code={error instanceof Error ? (error.stack ?? error.message) : String(error)} />
      <Button icon={RotateCw} onClick={reset}>
        {t('action.reload')}
      </Button>
    </EmptyState>
  );
}
