import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { noteLogLine } from './seen.ts';

/** The app as users start it: compiled, in a process of its own. */
export type AppProcess = {
  readonly address: string;
  /** Ends it with a signal, SIGKILL for what nobody can prepare for; returns when it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
};

/** What `npm start` gives to node. */
const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const flags: string[] = scripts.start.split(' ').slice(1, -1);
const program = fileURLToPath(new URL('../../dist/server.js', import.meta.url));

/**
 * Starts the app on these settings, and waits until it is ready.
 *
 * @param env of `openRegistry()`
 * @param port from `freePort()`: the same one again after a kill keeps the browsers logged in
 */
export async function startApp(env: Record<string, string>, port: number): Promise<AppProcess> {
  const app = spawn(process.execPath, [...flags, program], {
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints = listen(app);
  const ended = new Promise<void>((resolve) => app.once('exit', () => resolve()));
  const address = `http://127.0.0.1:${port}`;
  while (!(await isReady(address))) {
    if (app.exitCode !== null || app.signalCode !== null)
      throw new Error(`the app ended instead of starting: ${complaints.join('')}`);
    await pause(50);
  }
  return {
    address,
    end(signal) {
      app.kill(signal);
      return ended;
    },
  };
}

/** Its log lines are looked through like those of every other test. */
function listen(app: ChildProcess): string[] {
  const complaints: string[] = [];
  app.stdout?.on('data', (text: Buffer) => noteLogLine(text.toString()));
  app.stderr?.on('data', (text: Buffer) => complaints.push(text.toString()));
  return complaints;
}

/** Whether the app can do its work: what `/health/ready` says. */
export function isReady(address: string): Promise<boolean> {
  return fetch(`${address}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** A port on which nothing listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
