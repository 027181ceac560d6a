import type { Page } from 'playwright-core';

export type Engine = 'electron' | 'stand-in' | 'browser';
export type ElectronModule = typeof Electron.CrossProcessExports;

export interface LaunchPlace {
  dataDir: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
}

/** What every engine can do. */
export interface EngineApp {
  /** The worker's address. */
  url: string;
  pid: number;
  /** The window's page, once it shows something; waits for a window that is about to open. */
  page(): Promise<Page>;
  /** Runs a function in the main process; it may use nothing from outside itself. Desktop engines only. */
  evaluate<Result, Argument = undefined>(
    run: (electron: ElectronModule, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;
  /** Starts the app a second time on the same folder and gives its exit code. Desktop engines only. */
  launchAgain(): Promise<number | null>;
  /** Resolves with the exit code when the app's process has ended. */
  exited: Promise<number | null>;
  /** Quits in order; ends what does not. */
  close(): Promise<void>;
}

export interface App extends EngineApp {
  engine: Engine;
  dataDir: string;
  /** Stands for ~/.claude. */
  claudeDir: string;
  screenshot(file: string): Promise<void>;
}
