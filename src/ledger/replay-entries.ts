import type { GrownTree } from './grown-tree.ts';
import type { ActRow, HeadRow, LedgerReader, Problem } from './ledger-reader.ts';
import { readLog, type Step } from './read-log.ts';
import type { Replays } from './replays.ts';

/** A replay, the tree that grows with it, and where its entries come from. */
export type Replaying<A extends ActRow> = {
  readonly reader: LedgerReader<A>;
  readonly replays: Replays<A>;
  readonly tree: GrownTree;
  readonly head: HeadRow;
};

/**
 * Replays the entries that the tree does not have yet, and says which is the first that does not hold.
 *
 * @param progress is told now and then how many entries were looked at, of how many
 */
export async function replayEntries<A extends ActRow>(
  { reader, replays, tree, head }: Replaying<A>,
  { progress }: { readonly progress?: (done: number, size: number) => Promise<unknown> },
): Promise<Problem | undefined> {
  for await (const { end, steps } of readLog(reader, tree.frontier.size)) {
    await replays.reach(end);
    const problem = await firstOf(replays, () => firstProblem(steps(), replays, tree));
    if (problem !== undefined) return problem;
    await progress?.(tree.frontier.size, head.size);
  }
  return replays.digests.settle(true);
}

/** What was found, or what the other thread found wrong in what came before it. */
async function firstOf<A extends ActRow>(
  { digests }: Replays<A>,
  find: () => Problem | undefined,
): Promise<Problem | undefined> {
  let found: Problem | undefined;
  try {
    found = find();
  } catch (error) {
    const earlier = await digests.settle(true);
    if (earlier === undefined) throw error;
    return earlier;
  }
  return (await digests.settle(found !== undefined)) ?? found;
}

function firstProblem<A extends ActRow>(
  steps: Iterable<Step>,
  replays: Replays<A>,
  tree: GrownTree,
): Problem | undefined {
  for (const step of steps) {
    if (!step.ok) return step;
    const what = replays.check(step.entry, step.commitment, tree);
    if (what !== undefined) return { index: step.entry.index, what };
  }
  return undefined;
}
