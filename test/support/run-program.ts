import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';

/** Runs a program of the machine to its end; throws with what it complained of when it fails or is not installed. */
export async function runProgram(
  program: string,
  args: readonly string[],
  input: Buffer | string = '',
): Promise<{ output: Buffer; complaints: string }> {
  const child = spawn(program, args, { stdio: 'pipe' });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', () => reject(new Error(`This test needs the program ${program} on the machine.`)));
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code, output, complaints] = await Promise.all([exit, buffer(child.stdout), text(child.stderr)]);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${complaints}`);
  return { output, complaints };
}
