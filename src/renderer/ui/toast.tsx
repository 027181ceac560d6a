import { Toast } from '@base-ui/react/toast';
import i18next from 'i18next';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../lib/error-text.ts';
import { keepFocus } from '../lib/keep-focus.ts';

const manager = Toast.createToastManager();

/** Said of the page that is open; a way back is not among it, for it is of use on the next page too. */
const ofThisPage = new Set<string>();
let lastNotice: string | null = null;
let lastError: { id: string; text: string } | null = null;

function closeNotice(): void {
  if (lastNotice !== null) manager.close(lastNotice);
}

/** Says that something the person asked for did not happen, and why; the same again takes the place of the last. */
export function showError(title: string, error: unknown): void {
  const description = errorText(error, i18next.t, i18next.language);
  const text = `${title}\n${description}`;
  if (lastError?.text === text) manager.close(lastError.id);
  const id = manager.add({ title, description, type: 'error', timeout: 10_000, priority: 'high' });
  lastError = { text, id };
  ofThisPage.add(id);
}

/** For whoever goes on to another page: what was said of the one before would be read as said of this one. */
export function leaveNotices(): void {
  for (const id of ofThisPage) manager.close(id);
  ofThisPage.clear();
}

/** A further one takes the place of the last: a key that is pressed ten times is no pile of ten notices. */
export function showNotice(title: string): void {
  closeNotice();
  lastNotice = manager.add({ title, type: 'notice', timeout: 3000 });
  ofThisPage.add(lastNotice);
}

/** Says what was done, with the way back; gives how to take the notice away. */
export function showUndo(title: string, action: string, undo: () => void): () => void {
  closeNotice();
  const id = manager.add({
    title,
    type: 'notice',
    timeout: 8000,
    actionProps: {
      children: action,
      onClick() {
        keepFocus();
        manager.close(id);
        undo();
      },
    },
  });
  return () => manager.close(id);
}

function ToastList() {
  const { t } = useTranslation();
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => {
    const Icon = toast.type === 'error' ? CircleAlert : CircleCheck;
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        className="rounded-lg bg-panel shadow-pop transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0 data-limited:hidden"
      >
        <Toast.Content className="flex items-start gap-2.5 p-3">
          <Icon
            aria-hidden
            size={16}
            className={toast.type === 'error' ? 'mt-0.5 shrink-0 text-danger' : 'mt-0.5 shrink-0 text-success'}
          />
          <div className="min-w-0 flex-1">
            <Toast.Title render={<div />} className="font-medium" />
            <Toast.Description className="mt-0.5 text-muted [overflow-wrap:anywhere]" />
          </div>
          <Toast.Action className="shrink-0 rounded font-medium text-accent-ink hover:underline" />
          <Toast.Close
            aria-label={t('action.close')}
            className="rounded p-0.5 text-faint hover:bg-hover hover:text-ink"
          >
            <X aria-hidden size={14} />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}

/** Where toasts appear; stands once, beside the pages. */
export function Toaster() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 [body:has([data-bottom-bar])_&]:bottom-17 flex w-[min(360px,calc(100vw-32px))] flex-col gap-2 outline-none">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
