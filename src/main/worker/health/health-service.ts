import type { HealthView } from '../../../shared/health-views.ts';
import type { HealthService } from '../../api/record-services.ts';
import type { Probe } from './probe.ts';

/** Whoever asks more often is given the same answer: anybody may ask, without a token. */
const keptMs = 1_000;

export interface HealthParts {
  version: string;
  startedAt: number;
  probes: readonly Probe[];
  metrics(): Promise<string>;
}

/** Whether the memory lives, can work, and with what figures. */
export function createHealthService({ version, startedAt, probes, metrics }: HealthParts): HealthService {
  let kept: { at: number; dependencies: Promise<HealthView['dependencies']> } | null = null;
  const uptime = () => Date.now() - startedAt;

  function look(): Promise<HealthView['dependencies']> {
    if (kept === null || performance.now() - kept.at > keptMs) {
      kept = { at: performance.now(), dependencies: Promise.all(probes.map((probe) => probe.look())) };
    }
    return kept.dependencies;
  }

  return {
    live: () => ({ status: 'ok', version, uptime_ms: uptime(), dependencies: [] }),
    async ready() {
      const dependencies = await look();
      return { status: statusOf(dependencies, probes), version, uptime_ms: uptime(), dependencies };
    },
    metrics,
  };
}

function statusOf(dependencies: HealthView['dependencies'], probes: readonly Probe[]): HealthView['status'] {
  const vital = new Set(probes.filter(({ isVital }) => isVital).map(({ name }) => name));
  if (dependencies.some(({ name, state }) => state === 'down' && vital.has(name))) return 'down';
  return dependencies.some(({ state }) => state === 'down' || state === 'degraded') ? 'degraded' : 'ok';
}
