import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown, type LucideIcon } from 'lucide-react';
import { use } from 'react';
import { classes } from '../lib/classes.ts';
import { InDialog } from './in-dialog.ts';

export interface SelectProps<T extends string> {
  /** Names the menu, and stands in it while the neutral choice is taken. */
  label: string;
  value: T;
  /** The first one is the neutral choice: the trigger is tinted when another one is taken. */
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
  icon?: LucideIcon;
  /** Stands in the menu instead of the label, untinted: there is no neutral choice. */
  shown?: string | undefined;
  className?: string;
}

/** A compact menu that chooses one of a few values. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  icon: Icon,
  shown,
  className,
}: SelectProps<T>) {
  const chosen = options.find((option) => option.value === value) ?? options[0];
  const inDialog = use(InDialog);
  const tinted = shown === undefined && chosen !== options[0];
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <Base.Trigger
        aria-label={label}
        className={classes(
          'inline-flex h-7 min-w-0 items-center gap-1.5 rounded-md border px-2 transition-colors',
          tinted
            ? 'border-transparent bg-accent-soft font-medium text-accent-ink'
            : 'border-line bg-panel text-muted hover:bg-hover hover:text-ink data-popup-open:bg-hover',
          className,
        )}
      >
        {Icon && <Icon aria-hidden size={13} className="shrink-0" />}
        <Base.Value className="truncate">{shown ?? (tinted ? chosen?.label : label)}</Base.Value>
        <ChevronDown aria-hidden size={12} className="ml-auto shrink-0 opacity-70" />
      </Base.Trigger>
      {/* Inside the main landmark, so that a reader who jumps between landmarks finds it; in a dialog, where that one puts it. */}
      <Base.Portal container={inDialog ? undefined : (document.querySelector<HTMLElement>('#main') ?? document.body)}>
        <Base.Positioner className="z-40 outline-none" sideOffset={4} align="start" alignItemWithTrigger={false}>
          <Base.Popup className="max-h-[min(320px,var(--available-height))] min-w-[var(--anchor-width)] overflow-y-auto rounded-lg bg-panel p-1 shadow-pop outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="flex h-7 max-w-[max(288px,calc(var(--anchor-width)-8px))] items-center gap-2 rounded-md pr-3 pl-2 text-ink outline-none data-highlighted:bg-hover"
                >
                  <span className="flex w-3.5 shrink-0">
                    <Base.ItemIndicator>
                      <Check aria-hidden size={14} className="text-accent-ink" />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText className="truncate">{option.label}</Base.ItemText>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
