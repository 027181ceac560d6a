import { createContext } from 'react';

/** True below a dialog, which makes the page behind it inert: what pops up there belongs into the dialog. */
export const InDialog = createContext(false);
