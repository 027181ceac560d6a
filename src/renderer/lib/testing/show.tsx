import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { laterMessages } from '../../../shared/messages/window-later.ts';
import { addMessages, startI18n, type Language } from '../i18n.ts';
import { queryClient } from '../trpc.ts';

/** Renders a part of a later page with the texts of a language; what the worker would answer is put into `queryClient` before. */
export function show(children: ReactNode, language: Language = 'en') {
  startI18n(language);
  addMessages(laterMessages);
  return render(<QueryClientProvider client={queryClient}>{children}</QueryClientProvider>);
}
