import type { DependencyView } from '../../../shared/health-views.ts';

export type Finding = Pick<DependencyView, 'state' | 'problem'>;

export const up: Finding = { state: 'up', problem: null };

export interface Probe {
  name: string;
  /** Whether nothing goes without it. */
  isVital: boolean;
  look(): Promise<DependencyView>;
}

export interface ProbeOptions {
  name: string;
  isVital: boolean;
  /** A check that does not come back within it is told as down. */
  limitMs: number;
  check(): Promise<Finding>;
}

/** A check that never takes longer than its limit; one that hangs is not asked again before it comes back. */
export function createProbe({ name, isVital, limitMs, check }: ProbeOptions): Probe {
  let pending: Promise<Finding> | null = null;

  function ask(): Promise<Finding> {
    if (pending !== null) return pending;
    const asked = check().catch((error: unknown): Finding => ({ state: 'down', problem: sentence(name, error) }));
    pending = asked;
    void asked.finally(() => {
      pending = null;
    });
    return asked;
  }

  return {
    name,
    isVital,
    async look() {
      const startedAt = performance.now();
      const late = Promise.withResolvers<Finding>();
      const problem = `${name} does not answer. If it stays so, start the memory again.`;
      const timer = setTimeout(() => late.resolve({ state: 'down', problem }), limitMs);
      try {
        const finding = await Promise.race([ask(), late.promise]);
        return { name, ...finding, took_ms: Math.round(performance.now() - startedAt) };
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function sentence(name: string, error: unknown): string {
  return `${name} failed: ${error instanceof Error ? error.message : String(error)}`;
}
