import { headAndTail, plainText } from '../excerpts.ts';
import { fields, joined, records, resultText, shortPath } from '../observe-fields.ts';
import { stringList } from '../../store/string-list.ts';
import type { MaterialRow } from '../../store/tables/learning-material.ts';
import type { Step } from './fixes.ts';

/** A command, edit or final message as a step; what the ledger holds is another program's, so nothing of it is trusted. Paths are below `root`. */
export function toStep(row: MaterialRow, root: string): Step {
  const payload = fields(JSON.parse(row.payload));
  const input = fields(payload['tool_input']);
  const response = fields(payload['tool_response']);
  const edits = records(input['edits']);
  const texts = (name: string) => joined(plainText(input[name]), ...edits.map((edit) => plainText(edit[name]))) ?? '';
  const printed =
    joined(plainText(response['stdout']), plainText(response['stderr'])) ?? resultText(payload['tool_response']);
  return {
    observationPk: row.pk,
    observationId: row.id,
    agentId: row.agent_id,
    kind:
      row.type === 'command'
        ? 'command'
        : row.type === 'change'
          ? 'edit'
          : row.type === 'conclusion'
            ? 'said'
            : 'other',
    command: row.type === 'command' ? plainText(input['command']) : '',
    description: plainText(input['description']),
    failed: row.failed === 1,
    output: headAndTail(row.failed === 1 ? plainText(payload['error']) : printed, 4_000, 2_000),
    files: stringList(row.files_changed).map((path) => shortPath(path, root)),
    removed: texts('old_string'),
    added: texts('new_string') || plainText(input['content']) || plainText(input['new_source']),
    text: row.type === 'conclusion' ? plainText(payload['text']) : '',
    occurredAt: row.occurred_at,
  };
}
