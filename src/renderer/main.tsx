import './styles.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/providers.tsx';
import { start } from './app/start.ts';

await start();
// The router reads the address as it is made, and only `start` has taken a one-time ticket out of it.
const { appRouter } = await import('./app/router.tsx');

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={appRouter} />
    </Providers>
  </StrictMode>,
);

// A failure is no matter here: whoever opens such a page asks for it again.
void import('./app/later-pages.tsx').catch(() => undefined);
