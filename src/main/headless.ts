#!/usr/bin/env node
import { runHeadless } from './worker/run-headless.ts';

process.exitCode = await runHeadless(process.argv.slice(2));
