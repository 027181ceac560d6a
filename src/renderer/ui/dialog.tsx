import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { classes } from '../lib/classes.ts';
import { InDialog } from './in-dialog.ts';

export interface DialogProps {
  open: boolean;
  onClose(): void;
  title: string;
  description?: string;
  /** For a form. */
  wide?: boolean;
  /** A click outside leaves it open: what it shows is shown only once. */
  stays?: boolean;
  children: ReactNode;
}

/** A window above the page that Escape and, unless it stays, a click outside close. */
export function Dialog({ open, onClose, title, description, wide = false, stays = false, children }: DialogProps) {
  return (
    <Base.Root open={open} disablePointerDismissal={stays} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-black/30 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
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
      </Base.Portal>
    </Base.Root>
  );
}
