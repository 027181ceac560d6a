import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

export interface FormButtonsProps {
  onCancel(): void;
  /** Whether there is anything to send; what is wrong with a field, the field says when it is tried. */
  isReady?: boolean;
  busy: boolean;
  /** "Save" by default. */
  action?: string;
  /** For what a person should look at twice. */
  look?: 'destructive';
}

/** The end of a form in a dialog; a form that is being sent is not sent twice. */
export function FormButtons({ onCancel, isReady = true, busy, action, look }: FormButtonsProps) {
  const { t } = useTranslation();
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={onCancel}>{t('action.cancel')}</Button>
      <Button look={look ?? 'primary'} type="submit" busy={busy} disabled={!isReady || busy}>
        {action ?? t('action.save')}
      </Button>
    </div>
  );
}
