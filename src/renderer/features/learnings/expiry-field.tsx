import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface ExpiryFieldProps {
  /** ISO 8601; null while it holds without an end. */
  expiresAt: string | null;
  onChange(expiresAt: string | null): void;
}

const dateLength = 'yyyy-mm-dd'.length;

/** The day until which a learning holds; kept on leaving the field, because a year that is being typed is a day of the past. */
export function ExpiryField({ expiresAt, onChange }: ExpiryFieldProps) {
  const { t } = useTranslation();
  const kept = expiresAt?.slice(0, dateLength) ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  function keep(): void {
    setTyped(null);
    if (typed !== null && typed !== kept) onChange(typed === '' ? null : `${typed}T00:00:00Z`);
  }
  return (
    <label className="flex items-center gap-2">
      {t('learning.expires')}
      <input
        type="date"
        value={typed ?? kept}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
        }}
        className="h-7 rounded-md border border-line bg-panel px-2 text-ink"
      />
    </label>
  );
}
