import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { noteLogLine } from '../support/seen.ts';

const server = fileURLToPath(new URL('../../dist/server.js', import.meta.url));

/**
 * A second process of the compiled app on the same settings; to be stopped at the end.
 *
 * @param largestFile in bytes: no file that it writes may grow past it, as on a disk that is full
 */
export async function startSecondApp(
  env: Record<string, string>,
  { largestFile }: { largestFile?: number } = {},
) {
  const port = await freePort();
  const settings = { ...env, PORT: String(port), LOG_LEVEL: 'info' };
  // The unit of POSIX is 512 bytes.
  const limited = `ulimit -f ${(largestFile ?? 0) / 512} && exec "$0" "$1"`;
  const [program, ...before] = largestFile
    ? ['/bin/sh', '-c', limited, process.execPath]
    : [process.execPath];
  const app = spawn(program as string, [...before, server], {
    env: settings,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  app.stdout.on('data', (text: Buffer) => noteLogLine(text.toString()));
  let complaints = '';
  app.stderr.on('data', (text: Buffer) => {
    complaints += text.toString();
  });
  const ended = new Promise<void>((resolve) => app.once('exit', () => resolve()));
  const address = `http://127.0.0.1:${port}`;
  while (!(await isLive(address))) {
    if (app.exitCode !== null) throw new Error(`The second app ended: ${complaints}`);
    await pause(50);
  }
  return {
    address,
    async stop() {
      app.kill('SIGTERM');
      await ended;
    },
  };
}

async function isLive(address: string): Promise<boolean> {
  return fetch(`${address}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
