import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Speaks to a running worker as the agent's hooks and the command line do. */
export interface Agent {
  /** Posts one hook event and waits until it is durable. */
  post(event: object): Promise<void>;
  /** Asks for leave as an agent does; resolves when somebody has answered. */
  ask(session: string, cwd: string, tool: string, input: object): Promise<void>;
  /** Posts the lines of a recorded session, in order. */
  replay(file: string): Promise<void>;
  /** A link that opens the web viewer once. */
  viewerLink(): Promise<string>;
}

export interface DemoMemory extends Agent {
  url: string;
  dataDir: string;
  close(): Promise<void>;
}

/** Where the recorded sessions of the real client lie. */
export const recordedFolder = 'e2e/fixtures/recorded';

/** The recorded sessions' hook files. */
export async function recordedSessions(): Promise<string[]> {
  const names = await readdir(recordedFolder);
  return names.filter((name) => name.endsWith('.hooks.jsonl')).map((name) => join(recordedFolder, name));
}

/** An agent with the owner's token of the data folder. */
export async function connectAgent(url: string, dataDir: string): Promise<Agent> {
  const token = (await readFile(join(dataDir, 'owner.token'), 'utf8')).trim();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };

  async function send(path: string, body: string): Promise<Response> {
    const response = await fetch(url + path, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }

  return {
    post: async (event) => void (await send('/hooks/claude-code', JSON.stringify(event))),
    async ask(session, cwd, tool, input) {
      const event = { session_id: session, cwd, permission_mode: 'default', tool_name: tool, tool_input: input };
      await send('/hooks/claude-code', JSON.stringify({ ...event, hook_event_name: 'PermissionRequest' }));
    },
    async replay(file) {
      const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
      const questions: Promise<Response>[] = [];
      for (const line of lines) {
        const sent = send('/hooks/claude-code', line);
        // A question is answered when the session goes on without it.
        if (line.includes('"hook_event_name":"PermissionRequest"')) questions.push(sent);
        else await sent;
      }
      await Promise.all(questions);
    },
    async viewerLink() {
      const answer = (await (await send('/api/v1/viewer/links', '{}')).json()) as { url: string };
      return answer.url;
    },
  };
}

export interface DemoOptions {
  /** The build's folder. */
  appDir?: string;
  /** Kept when given; else a temporary one, removed at the end. */
  dataDir?: string;
  port?: number;
}

/** A built headless worker, away from the person's own memory and settings. */
export async function startDemoMemory({
  appDir = 'out',
  dataDir: given,
  port = 0,
}: DemoOptions = {}): Promise<DemoMemory> {
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'claude-mem-')));
  const args = [join(appDir, 'main/headless.js'), '--data', dataDir, '--port', String(port), '--log-level', 'error'];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CLAUDE_CONFIG_DIR: join(dataDir, 'claude') },
  });
  const exited = once(child, 'exit');
  const first = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), exited.then(() => null)]);
  if (first === null) throw new Error('The worker stopped before it was ready; is it built?');
  const { url } = JSON.parse(String(first[0])) as { url: string };
  return {
    url,
    dataDir,
    ...(await connectAgent(url, dataDir)),
    async close() {
      child.kill('SIGTERM');
      await exited;
      if (given === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
