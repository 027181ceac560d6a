import { useQuery } from '@tanstack/react-query';
import { CircleDollarSign } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../lib/rights.ts';
import { trpc } from '../../lib/trpc.ts';
import { Banner } from '../../ui/banner.tsx';
import { CapsDialog } from './caps-dialog.tsx';
import { useCappedText } from './capped-text.ts';
import { useCosts, useLiveCosts } from './cost-queries.ts';

/** On every page while a cap keeps paid work waiting: which one, until when, how much waits; and the way to raise it. */
export function CappedBanner() {
  const may = useMay();
  const model = useQuery({ ...trpc.models.status.queryOptions(), enabled: may('admin'), retry: false });
  useLiveCosts();
  return model.data?.state === 'capped' ? <Capped /> : null;
}

function Capped() {
  const { t } = useTranslation();
  const text = useCappedText();
  const [isOpen, setOpen] = useState(false);
  const { data: overview } = useCosts();
  if (!overview?.capped) return null;
  return (
    <>
      <Banner tone="warning" icon={CircleDollarSign}>
        <p className="tabular min-w-0 flex-1">
          <strong className="font-semibold">{t(`costs.capped.${overview.capped.cap}`)}</strong> {text(overview.capped)}
        </p>
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="shrink-0 rounded-md border border-current/30 px-2 py-0.5 font-medium hover:bg-panel/50"
        >
          {t('costs.caps.raise')}
        </button>
      </Banner>
      {isOpen && <CapsDialog overview={overview} onClose={() => setOpen(false)} />}
    </>
  );
}
