let waiting: (() => Promise<void>)[] = [];

/** Has something done when the tests of the file that runs are over. */
export function atEndOfFile(work: () => Promise<void>): void {
  waiting.push(work);
}

/** Does it; test/support/setup.ts calls this. */
export async function endFile(): Promise<void> {
  const now = waiting;
  waiting = [];
  for (const work of now) await work();
}
