import { X, type LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../lib/classes.ts';

export interface TextFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  /** To the list below: the arrow down and Enter. */
  onDown?: () => void;
  icon?: LucideIcon;
  hint?: string;
  large?: boolean;
  autoFocus?: boolean;
  className?: string;
  ref?: Ref<HTMLInputElement>;
}

/** One line of text to filter or search by; Escape empties it first and leaves it second. */
export function TextField({
  label,
  value,
  onChange,
  onDown,
  icon: Icon,
  hint,
  large,
  autoFocus,
  className,
  ref,
}: TextFieldProps) {
  const { t } = useTranslation();
  return (
    <div className={classes('relative flex min-w-0 items-center', className)}>
      {Icon && (
        <Icon
          aria-hidden
          size={large ? 17 : 14}
          className={classes('absolute text-faint', large ? 'left-3.5' : 'left-2.5')}
        />
      )}
      <input
        ref={ref}
        type="text"
        role="searchbox"
        aria-label={label}
        value={value}
        placeholder={hint ?? label}
        autoComplete="off"
        spellCheck={false}
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (onDown && (event.key === 'ArrowDown' || event.key === 'Enter')) {
            event.preventDefault();
            onDown();
          }
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (value === '') event.currentTarget.blur();
          else onChange('');
        }}
        className={classes(
          'w-full min-w-0 border border-line bg-panel text-ink transition-colors placeholder:text-faint hover:border-line-strong focus:border-accent focus:outline-1 focus:outline-offset-0 focus:outline-accent',
          large ? 'h-11 rounded-lg px-10 text-[15px]' : 'h-7 rounded-md px-8',
        )}
      />
      {value !== '' && (
        <button
          type="button"
          aria-label={t('action.clear')}
          onClick={() => onChange('')}
          className={classes(
            'absolute flex size-5 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink',
            large ? 'right-3' : 'right-1.5',
          )}
        >
          <X aria-hidden size={13} />
        </button>
      )}
    </div>
  );
}
