import { runCommandLine } from '../../src/cli/run-command-line.ts';
import { noteSeen } from './seen.ts';

/** Runs a command as `opt-out-registry …` would, on the settings of a registry, and returns what it came to. */
export async function commandLine(env: Record<string, string>, ...argv: string[]) {
  const said: string[] = [];
  const complaints: string[] = [];
  const exit = await runCommandLine(argv, env, {
    say: (line) => said.push(line),
    complain: (line) => {
      noteSeen('error', line);
      complaints.push(line);
    },
  });
  return { exit, said, complaints };
}
