/** What a button is given that whoever looks may not use: it can be reached and says why, and does nothing. */
export function refusedProps(reason: string) {
  return {
    type: 'button',
    disabled: false,
    onClick: undefined,
    'aria-disabled': true,
    'aria-description': reason,
  } as const;
}
