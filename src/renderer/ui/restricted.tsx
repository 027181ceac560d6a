import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRefusal, type Right } from '../lib/rights.ts';

/** Fields that can be read by all, and changed by those with the right; the others are told why. */
export function Restricted({ needs, children }: { needs: Right; children: ReactNode }) {
  const refusal = useRefusal(needs);
  if (refusal === null) return children;
  return (
    <>
      <p className="mb-2 flex items-start gap-1.5 text-xs text-muted">
        <Lock aria-hidden size={12} className="mt-[3px] shrink-0" />
        {refusal}
      </p>
      <fieldset disabled className="min-w-0 [&_button]:cursor-default [&_button,input]:opacity-60">
        {children}
      </fieldset>
    </>
  );
}
