import { useTranslation } from 'react-i18next';
import type { ApiKeyView } from '../../../shared/access-views.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** When a key ends or has ended; to the minute when that is about now, as after a rotation. */
export function useKeyEnd({ state, expires_at: expiresAt, revoked_at: revokedAt }: ApiKeyView): string {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const when = (iso: string): string =>
    Math.abs(Date.parse(iso) - now) < 2 * dayMs ? format.shortDateTime(iso) : format.day(iso, now);
  if (revokedAt !== null) return t('keys.revokedAt', { time: when(revokedAt) });
  if (expiresAt === null) return t('keys.noEnd');
  return t(state === 'expired' ? 'keys.ended' : 'keys.until', { time: when(expiresAt) });
}
