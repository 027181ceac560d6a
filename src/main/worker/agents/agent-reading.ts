import type { ReadableDb } from '../../store/database.ts';
import { createAgentProgramReader, type AgentQuery } from '../../store/tables/agent-programs.ts';

/** What the reader threads tell about programs. */
export function createAgentReading(db: ReadableDb) {
  const programs = createAgentProgramReader(db);
  return {
    listAgentPrograms: ({ query, now }: { query: AgentQuery; now: number }) => programs.list(query, now),
    getAgentProgram: ({ id, now }: { id: string; now: number }) => programs.get(id, now),
  };
}
