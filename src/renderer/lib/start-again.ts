/** From the first page, with nothing in the window of whoever looked before: addresses name what only their memory has. */
export function startAgain(): void {
  history.replaceState(null, '', `${location.pathname}#/`);
  location.reload();
}
