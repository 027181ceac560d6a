import { Dialog as Base } from '@base-ui/react/dialog';
import { useState, type ReactNode, type RefObject } from 'react';
import { classes } from '../lib/classes.ts';
import { InDialog } from './in-dialog.ts';

export interface DialogProps {
  open: boolean;
  onClose(): void;
  title: string;
  description?: string;
  /** For a form. */
  wide?: boolean;
  /** Nothing but its own buttons closes it: what it shows is shown only once. */
  stays?: boolean;
  /** Has the keyboard afterwards; what had it before unless said otherwise. For what is opened by a menu that is gone then. */
  opener?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** A window above the page that Escape closes, and a click outside unless something was typed; neither where it stays. */
export function Dialog({ open, onClose, stays = false, ...content }: DialogProps) {
  const [isTyped, setTyped] = useState(false);
  if (!open && isTyped) setTyped(false);
  return (
    <Base.Root
      open={open}
      disablePointerDismissal={stays || isTyped}
      onOpenChange={(next, { reason }) => {
        if (!next && !(stays && reason === 'escape-key')) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-black/30 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Popup {...content} onType={() => setTyped(true)} />
      </Base.Portal>
    </Base.Root>
  );
}

function Popup({
  title,
  description,
  wide = false,
  opener,
  onType,
  children,
}: Omit<DialogProps, 'open' | 'onClose' | 'stays'> & { onType(): void }) {
  // Base looks for it after a field with autoFocus has taken the keyboard, and would give it back to nobody.
  const [before] = useState(() => document.activeElement);
  return (
    <Base.Popup
      onInput={onType}
      finalFocus={() => {
        const last = opener?.current ?? before;
        const isThere = last instanceof HTMLElement && last !== document.body && last.isConnected;
        const back = isThere ? last : document.querySelector<HTMLElement>('#main');
        // Not handed over: of a region, which may be what had the keyboard, Base would take the first field, and that swallows
        // the keys of the page.
        back?.focus({ preventScroll: true });
        return false;
      }}
      className={classes(
        'fixed top-1/2 left-1/2 z-30 max-h-[calc(100vh-48px)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl bg-panel p-5 shadow-pop outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0',
        wide ? 'w-[min(520px,calc(100vw-32px))]' : 'w-[min(440px,calc(100vw-32px))]',
      )}
    >
      <Base.Title className="text-[15px] font-semibold">{title}</Base.Title>
      {description !== undefined && <Base.Description className="mt-1 text-muted">{description}</Base.Description>}
      <div className="mt-4">
        <InDialog value>{children}</InDialog>
      </div>
    </Base.Popup>
  );
}
