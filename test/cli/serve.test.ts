import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, isReady } from '../support/app-process.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
let registry: Registry;

beforeEach(async () => {
  registry = await openRegistry();
});

afterEach(() => registry.close());

/** The command line as it is installed: compiled, in a process of its own. */
function start(argv: string[], settings: Record<string, string> = {}) {
  const env = { PATH: process.env.PATH, ...registry.env, ...settings };
  const child = spawn(process.execPath, [program, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const done = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
    ([[exit], said, complaints]) => ({ exit, said, complaints }),
  );
  return { child, done };
}

test('serve runs the server until it is told to stop', async () => {
  const port = await freePort();
  const { child, done } = start(['serve'], { PORT: String(port) });
  while (!(await isReady(`http://127.0.0.1:${port}`))) {
    expect(child.exitCode).toBeNull();
    await pause(50);
  }
  child.kill('SIGTERM');
  expect(await done).toMatchObject({ exit: 0, complaints: '' });
});

test('serve says which settings are wrong: exit 2', async () => {
  const { exit, complaints } = await start(['serve'], { PORT: 'many', DEMO: 'perhaps' }).done;
  expect(exit).toBe(2);
  expect(complaints).toMatch(/PORT[\s\S]*DEMO/);
});

test('each command has --help, and the process ends with its exit code', async () => {
  const { said } = await start(['--help']).done;
  for (const words of [
    'serve',
    'practice add',
    'staff add',
    'patients import',
    'objections import',
    'ledger verify',
  ])
    expect(said).toContain(`\n  ${words}`);
  expect(await start(['practice', 'add']).done).toEqual({
    exit: 2,
    said: '',
    complaints: '--ods is missing. Usage: opt-out-registry practice add --ods CODE --name NAME\n',
  });
  expect(await start(['practice', 'add', '--ods', 'A12345', '--name', 'The Surgery']).done).toMatchObject({
    exit: 0,
  });
});
