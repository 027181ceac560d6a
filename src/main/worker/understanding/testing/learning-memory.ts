import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHookBody } from '../../../capture/hook-payload.ts';
import { createLedger } from '../../../capture/ledger.ts';
import { createTextEmbedder } from '../../../embed/query-vector.ts';
import { builtinModelFolder } from '../../../embed/static/model-folder.ts';
import { createSharedModel } from '../../../embed/static/shared-model.ts';
import { fields } from '../../../memory/observe-fields.ts';
import { textOf } from '../../../../shared/text-of.ts';
import { observe } from '../../../memory/observe.ts';
import { createLexicalIndex } from '../../../search/lexical-index.ts';
import { temporaryStore } from '../../../store/testing/temporary-store.ts';
import { createLearningApplication } from '../learning-apply.ts';
import { createLearningReading } from '../learning-reading.ts';
import { createLearningUnions } from '../learning-unions.ts';
import { createLearningOperations } from '../learning-writer.ts';

const recordings = join(import.meta.dirname, '../../../../../e2e/fixtures/recorded');
const everyRow = [
  'SELECT * FROM learnings ORDER BY pk',
  'SELECT * FROM learning_evidence ORDER BY pk',
  'SELECT * FROM learning_conflicts ORDER BY one_pk, other_pk',
  'SELECT * FROM learning_origins ORDER BY origin',
];

/** A memory on disk that is told by hooks, with the operations on learnings as writer and readers run them. */
export function learningMemory() {
  const store = temporaryStore();
  const onFault = (fault: unknown) => {
    throw fault;
  };
  const ledger = createLedger(store.writable, { observe, index: createLexicalIndex(store.writable), onFault });
  const parts = { db: store.writable, ledger, onFault };
  const reading = createLearningReading(store.readable, createTextEmbedder(createSharedModel(builtinModelFolder())));
  const raw = {
    ...createLearningOperations(parts),
    ...createLearningUnions(parts),
    ...createLearningApplication(parts),
  };
  let clock = Date.parse('2026-11-20T08:00:00Z');
  let calls = 0;

  function post(body: object): void {
    const text = JSON.stringify(body);
    clock += 1_000;
    for (const event of parseHookBody(text, text.length, clock).events) ledger.apply(event);
    ledger.flush();
  }

  /** One operation in a savepoint, as the writer runs it. */
  function inSavepoint<Given extends unknown[], Answer>(operation: (...given: Given) => Answer) {
    return (...given: Given): Answer => store.writable.transaction(() => operation(...given))();
  }

  const write = {
    create: inSavepoint(raw.learningCreate),
    edit: inSavepoint(raw.learningEdit),
    decide: inSavepoint(raw.learningDecide),
    keepBoth: inSavepoint(raw.learningKeepBoth),
    pin: inSavepoint(raw.learningPin),
    merge: inSavepoint(raw.learningMerge),
    supersede: inSavepoint(raw.learningSupersede),
    verify: inSavepoint(raw.learningVerify),
    delete: inSavepoint(raw.learningDelete),
    undo: inSavepoint(raw.learningUndo),
    apply: inSavepoint(raw.learningApply),
    prune: inSavepoint(raw.learningPruneHistory),
  };

  const sessionPk = (id: string): number =>
    store.readable.prepare<[string], { pk: number }>('SELECT pk FROM sessions WHERE id = ?').get(id)?.pk ?? 0;

  async function learn(session: string, final = true, projectsFolder = '/nowhere') {
    const finds = await reading.learningFinds({ sessionPk: sessionPk(session), final, projectsFolder });
    if (finds === null) throw new Error(`There is no session ${session}.`);
    return write.apply(finds);
  }

  return {
    store,
    reading,
    write,
    post,
    sessionPk,
    /** Does what the learn job does. */
    learn,
    /** One prompt of a person, and what is learnt of it. */
    async say(session: string, prompt: string, cwd = '/a/shop') {
      post({ session_id: session, cwd, hook_event_name: 'UserPromptSubmit', prompt, prompt_id: `p${++calls}` });
      return learn(session);
    },
    /** One call of a tool; an error makes one that failed. */
    use(
      session: string,
      tool: string,
      input: object,
      { error, output = 'ok' }: { error?: string; output?: string } = {},
    ) {
      const common = {
        session_id: session,
        cwd: '/a/shop',
        tool_name: tool,
        tool_input: input,
        tool_use_id: `t${++calls}`,
      };
      if (error === undefined) post({ ...common, hook_event_name: 'PostToolUse', tool_response: { stdout: output } });
      else post({ ...common, hook_event_name: 'PostToolUseFailure', error });
    },
    answer: (session: string, text: string) =>
      post({ session_id: session, cwd: '/a/shop', hook_event_name: 'Stop', last_assistant_message: text }),
    /** Posts all hooks of a recording; the ids of its sessions. */
    replay(name: string): string[] {
      const lines = readFileSync(join(recordings, `${name}.hooks.jsonl`), 'utf8')
        .trim()
        .split('\n');
      const bodies = lines.map((line) => fields(JSON.parse(line)));
      for (const body of bodies) post(body);
      return [...new Set(bodies.map((body) => textOf(body['session_id'])))];
    },
    all: () => reading.learningList({ order: 'newest', limit: 200 }).data,
    /** Every row of every table that an undo puts back. */
    rows: () => everyRow.map((sql) => store.readable.prepare(sql).all()),
    close: () => store.close(),
  };
}

export type LearningMemory = ReturnType<typeof learningMemory>;
