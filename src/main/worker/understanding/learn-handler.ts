import { learnAnswer } from '../../ai/answers.ts';
import { fitToBudget } from '../../ai/budget.ts';
import type { Mode } from '../../ai/mode.ts';
import { promptFor } from '../../ai/prompt-for.ts';
import type { ClaimedJob, JobHandler } from '../../jobs/job.ts';
import { modelDrafts } from '../../memory/learnings/from-model.ts';
import type { Reader } from '../reader-pool.ts';
import type { WriterClient } from '../writer-client.ts';
import type { LearningApplication } from './learning-apply.ts';
import type { LearningFinds } from './learning-reading.ts';
import type { ModelGateway } from './model-gateway.ts';

export interface LearnHandlerParts {
  intake: Pick<Reader, 'call'>;
  writer: Pick<WriterClient, 'call'>;
  gateway: Pick<ModelGateway, 'isWanted' | 'settings' | 'complete'>;
  /** The mode that the settings name. */
  mode(): Mode;
  /** Where Claude Code keeps what it knows of projects. */
  projectsFolder: string;
}

/** Without a session the job looks at so many of the latest ones. */
const mostSessions = 100;
const mostOutputTokens = 4_000;
/** What the prompt itself and the known statements need. */
const promptTokens = 1_500;

/**
 * Looks for learnings in a session: by rules at the end of each turn, with a model besides once the session is over. What it
 * finds depends on the rows alone, and each find has an origin, so that a job that is done twice finds nothing the second time.
 */
export function createLearnHandler(parts: LearnHandlerParts): JobHandler<'learn'> {
  const { intake, writer, gateway, mode, projectsFolder } = parts;

  /** A session that is opened and closed again without a word has been paid for. */
  async function isModelWanted({ payload }: ClaimedJob<'learn'>, sessionPk: number): Promise<boolean> {
    if (!gateway.isWanted('learnings')) return false;
    return payload.force === true || !(await intake.call('modelHasRead', { purpose: 'learn', sessionPk }));
  }

  async function byModel(
    job: ClaimedJob<'learn'>,
    sessionPk: number,
    signal: AbortSignal,
  ): Promise<LearningFinds | null> {
    const batch = await intake.call('learningBatch', sessionPk);
    if (batch === null || batch.entries.length === 0) return null;
    const pieces = batch.entries.map(({ text, importance, number }) => ({ text, importance, order: number }));
    const material = fitToBudget(pieces, Math.max(500, gateway.settings().input_budget_tokens - promptTokens)).text;
    const known = batch.known.map((statement) => `- ${statement}`).join('\n');
    const { system, prompt } = promptFor(mode(), 'learn', {
      project: batch.session.projectName,
      language: batch.language,
      material,
      known,
    });
    const { value } = await gateway.complete(
      {
        purpose: 'learn',
        tier: 'large',
        system,
        prompt,
        schema: { name: 'learnings', type: learnAnswer },
        maxOutputTokens: mostOutputTokens,
        projectPk: batch.session.projectPk,
        jobId: job.id,
      },
      signal,
    );
    // What did not fit was not shown, so it cannot be cited.
    const shown = batch.entries.filter(({ number }) => material.includes(`[${number}] `));
    const drafts = modelDrafts(value.learnings, shown, batch.session);
    return intake.call('learningCompare', { drafts, projectPk: batch.session.projectPk });
  }

  return async ({ job, signal, progress }) => {
    const { projectPk } = job;
    const sessions =
      job.sessionPk === null
        ? await intake.call('learningSessions', { projectPk, limit: mostSessions })
        : [job.sessionPk];
    // A person who asks for one session's learnings means all of them.
    const final = job.payload.final || job.sessionPk === null;
    let application: LearningApplication = { drafts: [], basis: Number.MAX_SAFE_INTEGER };
    for (const [index, sessionPk] of sessions.entries()) {
      signal.throwIfAborted();
      const finds = await intake.call('learningFinds', { sessionPk, final, projectsFolder });
      if (finds !== null) {
        application.drafts.push(...finds.drafts);
        application.basis = Math.min(application.basis, finds.basis);
      }
      progress(index + 1, sessions.length);
    }
    let { length } = application.drafts;
    if (job.sessionPk !== null && final && (await isModelWanted(job, job.sessionPk))) {
      // Before the model is asked: whatever becomes of that, what the rules have found is kept.
      await writer.call('learningApply', application);
      application = (await byModel(job, job.sessionPk, signal)) ?? { ...application, drafts: [] };
      length += application.drafts.length;
    }
    return {
      result:
        length === 0
          ? 'Nothing to learn was found.'
          : `${length} ${length === 1 ? 'find was' : 'finds were'} compared with what is known.`,
      apply: { name: 'learningApply', argument: application },
    };
  };
}
