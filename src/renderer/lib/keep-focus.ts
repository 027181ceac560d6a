const main = (): HTMLElement | null => document.querySelector<HTMLElement>('#main');

/** Whether nothing has the keyboard, because what had it is gone or switched off. */
function isFree(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function give(place: HTMLElement | null): void {
  // A row is no stop of Tab, but a place from which Tab goes on.
  if (place !== null && !place.hasAttribute('tabindex') && place.tabIndex < 0) place.tabIndex = -1;
  place?.focus({ preventScroll: true });
}

/** The keyboard to the page's content, past the navigation. */
export function focusMain(): void {
  give(main());
}

/** Gives the keyboard back to what had it before something opened, else to `#main`; leaves it where somebody has it by now. */
export function focusAgain(before: Element | null): void {
  if (!isFree()) return;
  const isThere = before instanceof HTMLElement && before !== document.body && before.isConnected;
  give(isThere ? before : main());
}

let stopLast = (): void => {};

/**
 * Call it where an act begins that may take away what has the keyboard, or switch it off for a while. When that is gone, the next row has
 * the keyboard, else the one before, else `#main`: never the bare page, on which Tab would begin anew at its top. Ends by itself; a further
 * call ends the one before.
 */
export function keepFocus(): void {
  const held = document.activeElement;
  if (!(held instanceof HTMLElement) || held === document.body) return;
  stopLast();
  const row = held.closest('li');
  const rows = [...(row?.parentElement?.children ?? [])].filter((each) => each instanceof HTMLElement);
  const at = row === null ? -1 : rows.indexOf(row);
  const places = at < 0 ? [] : [...rows.slice(at), ...rows.slice(0, at).toReversed()];
  let wasOff = false;
  const observer = new MutationObserver(() => {
    if (held.isConnected) {
      const isOff = held.matches(':disabled');
      if (wasOff && !isOff && isFree()) give(held);
      wasOff = isOff;
      return;
    }
    observer.disconnect();
    if (isFree()) give(places.find((place) => place.isConnected) ?? main());
  });
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  stopLast = () => observer.disconnect();
}
