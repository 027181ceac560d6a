import { summaryAnswer } from '../../ai/answers.ts';
import { fitToBudget } from '../../ai/budget.ts';
import type { Mode } from '../../ai/mode.ts';
import { promptFor, type Prompt } from '../../ai/prompt-for.ts';
import type { ClaimedJob, JobHandler, NewJob } from '../../jobs/job.ts';
import type { SummaryPlan, SummaryRequest } from '../../memory/summaries/plan.ts';
import { toldByModel } from '../../memory/summaries/told-by-model.ts';
import { weekOf, weekText } from '../../../shared/weeks.ts';
import type { NewSummary } from '../../store/tables/summaries.ts';
import type { Reader } from '../reader-pool.ts';
import type { WriterClient } from '../writer-client.ts';
import type { ModelGateway } from './model-gateway.ts';
import { idleSessionJob, weekOfSessionJob } from './summary-jobs.ts';

export interface SummariseParts {
  intake: Pick<Reader, 'call'>;
  writer: Pick<WriterClient, 'call'>;
  gateway: Pick<ModelGateway, 'isWanted' | 'settings' | 'complete'>;
  /** The mode that the settings name. */
  mode(): Mode;
}

const uses = { turn: 'turns', session: 'sessions', week: 'weeks' } as const;
/** As much as a full answer takes; a session's summary has some 600 tokens. */
const mostOutputTokens = { turn: 1_200, session: 3_000, week: 3_000 } as const;

/** What the prompt itself needs. */
const promptTokens = 1_200;
const leastMaterialTokens = 500;

/**
 * Sums up a turn, a session or a week: by rules at once, then by a model where one is set for it. What was made from the same
 * input before is not made again. When the model fails the job fails as the model did, and the version by rules stands.
 */
export function createSummariseHandler({ intake, writer, gateway, mode }: SummariseParts): JobHandler<'summarise'> {
  async function askModel(plan: SummaryPlan, job: ClaimedJob, signal: AbortSignal): Promise<NewSummary | null> {
    const { scope } = plan.subject;
    const last = plan.summaries.at(-1);
    if (last === undefined) return null;
    const budget = Math.max(leastMaterialTokens, gateway.settings().input_budget_tokens - promptTokens);
    const material = fitToBudget(plan.material, budget).text;
    const prompt = promptOf(plan, mode(), material);
    const answer = await gateway.complete(
      {
        purpose: 'summarise',
        tier: scope === 'turn' ? 'small' : 'large',
        system: prompt.system,
        prompt: prompt.prompt,
        schema: { name: 'summary', type: summaryAnswer },
        maxOutputTokens: mostOutputTokens[scope],
        projectPk: plan.subject.projectPk,
        jobId: job.id,
      },
      signal,
    );
    const content = toldByModel(answer.value, plan.extractive, material);
    return { ...last, source: 'model', model: answer.model, promptVersion: prompt.version, content };
  }

  return async ({ job, signal, progress }) => {
    const { payload } = job;
    const plan = await intake.call('planSummary', requestOf(job));
    signal.throwIfAborted();
    if (plan === null) return { result: 'There is nothing to sum up.', apply: null };
    const isModelWanted = payload.withModel && gateway.isWanted(uses[payload.scope]);
    const hasAll = plan.known.includes('extractive') && (!isModelWanted || plan.known.includes('model'));
    if (hasAll && !payload.force) return { result: 'Nothing has changed since it was summed up.', apply: null };
    const enqueue = followUps(plan);
    const keep = (summaries: NewSummary[], force: boolean) => ({
      name: 'keepSummaries',
      argument: { summaries, force, at: Date.now() },
    });
    if (!isModelWanted) return { result: told(plan, 'rules'), apply: keep(plan.summaries, payload.force), enqueue };
    // Before the model is asked: whatever becomes of that, there is a summary.
    await writer.call('keepSummaries', { summaries: plan.summaries, force: false, at: Date.now() });
    progress(1, 2);
    const better = await askModel(plan, job, signal);
    if (better === null) return { result: told(plan, 'rules'), apply: null, enqueue };
    return { result: told(plan, better.model ?? 'a model'), apply: keep([better], payload.force), enqueue };
  };
}

function requestOf({ payload, projectPk, sessionPk }: ClaimedJob<'summarise'>): SummaryRequest {
  const promptId = payload.scope === 'turn' ? payload.promptId : null;
  const week = payload.scope === 'week' ? payload.week : null;
  return { scope: payload.scope, projectPk, sessionPk, promptId, week };
}

function promptOf({ subject, extractive, projectName }: SummaryPlan, mode: Mode, material: string): Prompt {
  const about = { project: projectName, language: extractive.language, material };
  if (subject.scope === 'turn') return promptFor(mode, 'summarise-turn', about);
  if (subject.scope === 'session') return promptFor(mode, 'summarise-session', about);
  return promptFor(mode, 'summarise-week', { ...about, week: weekText(subject.week ?? '') });
}

function told({ subject: { scope } }: SummaryPlan, by: string): string {
  return `The ${scope} was summed up by ${by}.`;
}

/** A turn's new summary changes its session, and that its week. */
function followUps({ subject, until }: SummaryPlan): NewJob[] {
  const { scope, projectPk, sessionPk } = subject;
  if (scope === 'week' || sessionPk === null) return [];
  const now = Date.now();
  return scope === 'turn'
    ? [idleSessionJob(projectPk, sessionPk, now)]
    : [weekOfSessionJob(projectPk, weekOf(until), now)];
}
