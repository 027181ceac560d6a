import { CircleHelp, Lock, RotateCw, TriangleAlert, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorCode } from '../lib/trpc.ts';
import { Button } from './button.tsx';
import { CodeLine } from './code-line.tsx';
import { EmptyState } from './empty-state.tsx';

/** An answer that did not come: which kind of failure it is, and what to do about it. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const code = errorCode(error);
  const retry = onRetry && (
    <Button icon={RotateCw} onClick={onRetry}>
      {t('action.retry')}
    </Button>
  );
  if (code === 'NOT_FOUND') {
    return <EmptyState icon={CircleHelp} title={t('error.notFound.title')} text={t('error.notFound.text')} />;
  }
  if (code === 'FORBIDDEN') {
    return <EmptyState icon={Lock} title={t('rights.page')} text={t('rights.forbidden')} />;
  }
  if (code === null) {
    return (
      <EmptyState icon={Unplug} title={t('error.unreachable.title')} text={t('error.unreachable.text')}>
        <CodeLine code="npm start" />
        {retry}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={TriangleAlert} title={t('error.failed.title')} text={t('error.failed.text')}>
      <CodeLine code={error instanceof Error ? error.message : String(error)} />
      {retry}
    </EmptyState>
  );
}
