export interface QuitSteps {
  /** Takes the window and the tray away at once, so that quitting is seen to begin. */
  hide(): void;
  /** Waits until everything received is durable. */
  drain(): Promise<void>;
  /** Asks for the quit again; this time it is let through. */
  quit(): void;
  /** Called when draining failed or took longer than the deadline; the quit goes on. */
  onIncomplete(reason: 'deadline' | 'failed', cause?: unknown): void;
}

export interface QuitSequence {
  /** True from the first request to quit on. */
  isQuitting(): boolean;
  /** For `before-quit`: prevents the event until everything is drained, or the deadline has passed. */
  onBeforeQuit(event: { preventDefault(): void }): void;
}

/** Drains once, however often quitting is asked for, and never longer than the deadline. */
export function createQuitSequence(steps: QuitSteps, deadlineMs: number): QuitSequence {
  let state: 'running' | 'draining' | 'drained' = 'running';

  async function drainWithin(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const deadline = new Promise<'deadline'>((resolve) => {
      timer = setTimeout(() => resolve('deadline'), deadlineMs);
    });
    try {
      const outcome = await Promise.race([steps.drain(), deadline]);
      if (outcome === 'deadline') steps.onIncomplete('deadline');
    } catch (cause) {
      steps.onIncomplete('failed', cause);
    } finally {
      clearTimeout(timer);
      state = 'drained';
      steps.quit();
    }
  }

  return {
    isQuitting: () => state !== 'running',
    onBeforeQuit(event) {
      if (state === 'drained') return;
      event.preventDefault();
      if (state === 'draining') return;
      state = 'draining';
      steps.hide();
      void drainWithin();
    },
  };
}
