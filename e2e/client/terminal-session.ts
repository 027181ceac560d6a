import assert from 'node:assert/strict';
import { run } from './real-client.ts';

export interface TerminalSession {
  run(command: string): Promise<void>;
  /** The text of the screen and some of what scrolled away. */
  screen(): Promise<string>;
  type(text: string): Promise<void>;
  press(key: string): Promise<void>;
  close(): Promise<void>;
}

const size = ['-x', '140', '-y', '50'];
let opened = 0;

/** A terminal of its own in tmux; needs tmux on PATH. */
export function openTerminal(place: { env: Record<string, string>; cwd: string }): TerminalSession {
  const socket = `cmem-${process.pid}-${++opened}`;
  const env = { ...place.env, TERM: 'xterm-256color' };
  const tmux = async (...args: string[]) => {
    const done = await run('tmux', ['-L', socket, ...args], { cwd: place.cwd, env, timeoutMs: 10_000 });
    assert.equal(done.exitCode, 0, done.stderr);
    return done.stdout;
  };
  return {
    run: async (command) => void (await tmux('new-session', '-d', ...size, command)),
    screen: () => tmux('capture-pane', '-p', '-S', '-200'),
    type: async (text) => void (await tmux('send-keys', '-l', text)),
    press: async (key) => void (await tmux('send-keys', key)),
    close: async () => void (await tmux('kill-server').catch(() => '')),
  };
}
