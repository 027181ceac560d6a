import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../lib/clipboard.ts';
import { IconButton } from './icon-button.tsx';
import { showError } from './toast.tsx';

/** Copies the text and shows for a moment that it did. */
export function CopyButton({ text, label, className }: { text: string; label?: string; className?: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy(): Promise<void> {
    if (await copyText(text)) setCopied(true);
    else showError(t('copy.failed.title'), t('copy.failed.text'));
  }

  return (
    <IconButton
      icon={copied ? Check : Copy}
      label={copied ? t('action.copied') : (label ?? t('action.copy'))}
      small
      className={className}
      onClick={(event) => {
        event.stopPropagation();
        void copy();
      }}
    />
  );
}
