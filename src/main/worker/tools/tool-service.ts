import { TRPCError } from '@trpc/server';
import { randomUUID } from 'node:crypto';
import { wrongField } from '../../api/input-sentences.ts';
import type { ToolService } from '../../api/record-services.ts';
import type { BuiltInTool } from '../../api/tools/built-in-tool.ts';
import { jsonSchemaOf } from '../../api/tools/tool-descriptor.ts';
import { unused } from '../../store/tables/tools.ts';
import type { ToolRun, ToolView } from '../../../shared/tool-views.ts';
import type { Reader } from '../reader-pool.ts';
import { asCallersError } from '../settings/callers-error.ts';
import type { WriterClient } from '../writer-client.ts';
import { faultInArguments } from './argument-fault.ts';
import { mostResultBytes } from './run-messages.ts';
import type { ScriptRun, ScriptRuns } from './script-runs.ts';
import { faultInSource } from './script-source.ts';
import { createToolCounter } from './tool-counter.ts';

export interface ToolServiceParts {
  reader: Pick<Reader, 'call'>;
  writer: Pick<WriterClient, 'call'>;
  builtIn: readonly BuiltInTool[];
  /** Null where there is no Node to run them with. */
  scripts: ScriptRuns | null;
  onFault(error: unknown): void;
  beforeClose(write: () => Promise<void>): void;
}

/** The contract's operations on tools. */
export function createToolService({
  reader,
  writer,
  builtIn,
  scripts,
  onFault,
  beforeClose,
}: ToolServiceParts): ToolService {
  const counter = createToolCounter(writer, onFault);
  beforeClose(counter.flush);
  const catalogue = builtIn.map(builtInView);

  async function list(): Promise<ToolView[]> {
    const known = await reader.call('toolCatalogue');
    const off = new Set(known.disabled);
    return [...catalogue.map((tool) => ({ ...tool, enabled: !off.has(tool.name) })), ...known.scripts].map((tool) => ({
      ...tool,
      usage: counter.added(tool.name, known.usage[tool.name] ?? unused),
    }));
  }

  const get = async (name: string) => (await list()).find((tool) => tool.name === name) ?? null;
  const isBuiltIn = (name: string) => catalogue.some((tool) => tool.name === name);

  async function sure(name: string): Promise<ToolView> {
    const tool = await get(name);
    if (tool === null) throw new TRPCError({ code: 'CONFLICT', message: 'It was deleted again at once.' });
    return tool;
  }

  async function updateBuiltIn(name: string, { enabled, ...rest }: Parameters<ToolService['update']>[1]) {
    if (Object.values(rest).some((value) => value !== undefined)) {
      throw badRequest(`${name} is built in: whether it is enabled is all that can be changed of it.`);
    }
    if (enabled !== undefined) await writer.call('toolEnable', { name, isEnabled: enabled, at: Date.now() });
    return sure(name);
  }

  return {
    list: async ({ kind }) => (await list()).filter((tool) => kind === undefined || tool.kind === kind),
    get,
    async create(tool) {
      if (isBuiltIn(tool.name)) {
        throw new TRPCError({ code: 'CONFLICT', message: `${tool.name} is the name of a built-in tool.` });
      }
      await refuseFaulty(tool, '');
      await asCallersError(writer.call('toolCreate', { tool, at: Date.now() }));
      return sure(tool.name);
    },
    async update(name, change) {
      if (isBuiltIn(name)) return updateBuiltIn(name, change);
      await refuseFaulty(change, 'change.');
      return (await writer.call('toolUpdate', { name, change, at: Date.now() })) ? get(name) : null;
    },
    async delete(name) {
      if (isBuiltIn(name)) throw badRequest(`${name} is built in and stays; it can be disabled.`);
      // What was counted by now is of this one, not of another that takes its name.
      await counter.flush();
      return writer.call('toolDelete', { name, at: Date.now() });
    },
    settings: () => reader.call('toolSettings'),
    setSettings: (settings) => writer.call('toolSetSettings', { settings, at: Date.now() }),
    async runScript(name, input, signal) {
      const tool = (await reader.call('toolCatalogue')).scripts.find((known) => known.name === name);
      if (tool === undefined || tool.source === null) return null;
      const settings = await reader.call('toolSettings');
      if (!settings.scripts_enabled) throw notNow('JavaScript tools are switched off; the owner can switch them on.');
      if (!tool.enabled) throw notNow(`The tool ${name} is disabled.`);
      if (scripts === null) {
        throw notNow(
          'JavaScript tools do not run in the desktop app. Quit it, and start the worker with npm run worker.',
        );
      }
      const limits = { timeoutSeconds: settings.timeout_seconds, memoryMb: settings.memory_mb };
      const startedAt = performance.now();
      const ran = await scripts.run({ source: tool.source, schema: tool.input_schema, input }, limits, signal);
      if (ran.answer?.kind === 'invalid') {
        const { path, message } = faultInArguments(ran.answer.rule);
        const place = path.replace(/^arguments\.?/, '');
        throw wrongField(
          path,
          message,
          `${name} cannot be called like this. ${place === '' ? '' : `${place}: `}${message}`,
        );
      }
      const run = toRun(name, ran, limits, performance.now() - startedAt);
      counter.count(name, { failed: !run.success, tookMs: run.took_ms });
      return run;
    },
    count: (name, run) => counter.count(name, run),
  };
}

/** Whatever answers in JSON goes down level by level, on a stack of its own size. */
const deepestResult = 100;
/** What V8 says of itself when its heap is full: nothing of the tool, and paths of this machine. */
const dump = /\n?<--- Last few GCs --->[^]*$/;

function toRun(
  tool: string,
  { answer, stdout, stderr, exitCode, ended }: ScriptRun,
  limits: { timeoutSeconds: number; memoryMb: number },
  tookMs: number,
): ToolRun {
  const run = { run_id: randomUUID(), tool, exit_code: exitCode, took_ms: tookMs };
  const isTooLarge = answer?.kind === 'result' && Buffer.byteLength(answer.json) > mostResultBytes;
  if (answer?.kind === 'result' && !isTooLarge) {
    const output = readResult(answer.json);
    if (output !== undefined && !isDeeper(output, deepestResult)) {
      return { ...run, success: true, output, stdout, stderr, error: null };
    }
  }
  return { ...run, success: false, output: null, stdout, stderr: stderr.replace(dump, ''), error: failureOf() };

  function failureOf(): NonNullable<ToolRun['error']> {
    if (answer?.kind === 'failed') return { code: 'SCRIPT_FAILED', message: answer.message };
    if (answer?.kind === 'result' && !isTooLarge) {
      return { code: 'SCRIPT_FAILED', message: `It returned no JSON, or JSON of more than ${deepestResult} levels.` };
    }
    switch (isTooLarge ? 'output' : ended) {
      case 'timeout':
        return { code: 'TIMEOUT', message: `It took longer than ${limits.timeoutSeconds} seconds and was ended.` };
      case 'memory':
        return { code: 'OUT_OF_MEMORY', message: `It wanted more than ${limits.memoryMb} MB and was ended.` };
      case 'output':
        return { code: 'TOO_MUCH_OUTPUT', message: 'It printed or returned more than is taken and was ended.' };
      case 'cancelled':
        return { code: 'CANCELLED', message: 'It was cancelled.' };
      case null:
        // V8 ends the process by a signal when its heap is full, and leaves no other word.
        return stderr.includes('heap out of memory')
          ? { code: 'OUT_OF_MEMORY', message: `It wanted more than ${limits.memoryMb} MB and was ended.` }
          : { code: 'SCRIPT_FAILED', message: 'It ended without an answer.' };
    }
  }
}

/** Undefined for what is no JSON. */
function readResult(json: string): unknown {
  try {
    const result: unknown = JSON.parse(json);
    return result;
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** `place`: where the fields stand in the input. */
async function refuseFaulty(
  { source, input_schema: schema }: { source?: string | undefined; input_schema?: Record<string, unknown> | undefined },
  place: string,
) {
  const inSource = source === undefined ? null : faultInSource(source);
  if (inSource !== null) throw wrongField(`${place}source`, `The source cannot be run. ${inSource}`);
  if (schema === undefined) return;
  const { faultInSchema } = await import('./tool-schema.ts');
  const inSchema = faultInSchema(schema);
  if (inSchema !== null) {
    throw wrongField(`${place}input_schema`, `The schema of the arguments cannot be used: ${inSchema}`);
  }
}

const badRequest = (message: string) => new TRPCError({ code: 'BAD_REQUEST', message });
const notNow = (message: string) => new TRPCError({ code: 'PRECONDITION_FAILED', message });

function builtInView(tool: BuiltInTool): ToolView {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    kind: 'built_in',
    input_schema: jsonSchemaOf(tool.input, 'input'),
    scope: tool.scope,
    read_only: tool.readOnly,
    destructive: tool.destructive,
    enabled: true,
    source: null,
    usage: unused,
    created_at: null,
    updated_at: null,
  };
}
