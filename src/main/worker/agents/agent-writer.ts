import type { AgentService, NewAgent } from '../../api/record-services.ts';
import { newId } from '../../store/ids.ts';
import { createAgentProgramWriter } from '../../store/tables/agent-programs.ts';
import { Refusal } from '../refusal.ts';
import type { GatedWriterParts } from '../settings/intake-gate.ts';

type AgentChange = Parameters<AgentService['update']>[1];

/** What the writer does about programs; whom it disables is told to what takes their events, `createIntakeGate`. */
export function createAgentOperations({ db, ledger, gate }: GatedWriterParts) {
  const programs = createAgentProgramWriter(db);

  function tell(id: string, name: string, change: string, at: number): void {
    const data = { agent_id: id, name, change };
    ledger.log({ type: 'agent.changed', at, projectPk: null, sessionPk: null, data });
  }

  return {
    /** Its id. Refuses with CONFLICT when there is one of that name. */
    agentCreate({ agent, at }: { agent: NewAgent; at: number }): string {
      const id = newId(at);
      const record = { id, name: agent.name, description: agent.description || null };
      if (!programs.insert({ ...record, metadata: JSON.stringify(agent.metadata) }, at)) {
        throw new Refusal('CONFLICT', `There is an agent named ${agent.name} already.`);
      }
      tell(id, agent.name, 'created', at);
      return id;
    },
    agentUpdate({ id, change, at }: { id: string; change: AgentChange; at: number }): boolean {
      const known = programs.find(id);
      if (known === null) return false;
      const metadata = change.metadata === undefined ? undefined : JSON.stringify(change.metadata);
      programs.change(id, { description: change.description, metadata }, at);
      tell(id, known.name, 'updated', at);
      return true;
    },
    agentDisable({ id, isDisabled, at }: { id: string; isDisabled: boolean; at: number }): boolean {
      const known = programs.find(id);
      if (known === null) return false;
      if ((known.disabled_at !== null) === isDisabled) return true;
      programs.disable(id, isDisabled, at);
      gate.refresh();
      tell(id, known.name, isDisabled ? 'disabled' : 'enabled', at);
      return true;
    },
    /** Refuses with CONFLICT while it has sessions. */
    agentDelete({ id, at }: { id: string; at: number }): boolean {
      const known = programs.find(id);
      if (known === null) return false;
      if (programs.hasSessions(known.name)) {
        throw new Refusal('CONFLICT', `${known.name} has sessions. Disable it, so that no more of them are taken.`);
      }
      programs.remove(id);
      gate.refresh();
      tell(id, known.name, 'deleted', at);
      return true;
    },
  };
}
