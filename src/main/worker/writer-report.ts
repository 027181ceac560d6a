import { toLogFormat } from '../observe/logger.ts';
import type { WriterReport } from './thread-messages.ts';

export function emptyReport(): WriterReport {
  return { done: [], answers: [], results: [], failures: [], entries: '', faults: [] };
}

/** Of what belongs to no task. */
export function faultReport(fault: unknown): WriterReport {
  return { ...emptyReport(), faults: [toLogFormat(fault)] };
}
