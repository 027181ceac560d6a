import { createContext } from 'react';

/** Whether the worker has stopped answering: what the cards show is then what it said last, and nothing can be done through it. */
export const WorkerAway = createContext(false);
