import type { ObservationView } from '../../../shared/views.ts';

export type TimelineRow =
  | {
      kind: 'prompt';
      observation: ObservationView;
      turn: number;
      steps: number;
      failures: number;
      /** False while steps of this turn may still be to be loaded. */
      isWhole: boolean;
    }
  | { kind: 'message'; observation: ObservationView; final: boolean }
  | {
      kind: 'step';
      observation: ObservationView;
      /** Whether the minute is another one than in the row above. */
      showsTime: boolean;
    };

type Turn = Extract<TimelineRow, { kind: 'prompt' }>;

/** Up to the minute, in UTC: offsets of time zones are whole minutes. */
function minuteOf({ occurred_at }: ObservationView): string {
  return occurred_at.slice(0, 16);
}

/** One row an observation, in the order of time; each prompt begins a turn and counts what follows it. */
export function timelineRows(observations: readonly ObservationView[], isComplete: boolean): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let turn: Turn | null = null;
  let turns = 0;
  let minute = '';
  for (const observation of observations) {
    if (observation.type === 'request') {
      turns += 1;
      turn = { kind: 'prompt', observation, turn: turns, steps: 0, failures: 0, isWhole: true };
      rows.push(turn);
    } else if (observation.tool === null) {
      rows.push({
        kind: 'message',
        observation,
        final: observation.type === 'conclusion' && observation.agent_id === null,
      });
    } else {
      rows.push({ kind: 'step', observation, showsTime: minuteOf(observation) !== minute });
      if (turn) {
        turn.steps += 1;
        if (observation.failed) turn.failures += 1;
      }
    }
    minute = minuteOf(observation);
  }
  if (turn) turn.isWhole = isComplete;
  return rows;
}
