import { addDays, londonDay } from '../../src/day.ts';
import { demoExtracts } from '../../src/demo/demo-extracts.ts';
import type { NewExtract } from '../../src/extracts/register-extract.ts';
import type { Services } from '../../src/services.ts';

const by = { kind: 'command-line', id: 'test' } as const;

type Different = Partial<Omit<NewExtract, 'practiceId'>>;

/** Registers an extract that is in date: the first of the made-up practice, with what the test wants to be different. */
export async function anExtract(
  { extracts, now }: Services,
  practiceId: string,
  different: Different = {},
): Promise<{ extractId: string; version: number }> {
  const [first] = demoExtracts;
  if (first === undefined) throw new Error('the made-up practice has no extract');
  const today = londonDay(now());
  const dates = { startsOn: addDays(today, -30), endsOn: addDays(today, 300) };
  // What some ground or other needs before it can be approved.
  const needed = { groundExpiresOn: addDays(today, 3000), groundWords: 'As the ground asks' };
  const input = { ...first, ...dates, ...needed, ...different, practiceId };
  const registered = await extracts.register(input, by);
  if (!registered.ok) throw new Error(registered.reason);
  return { extractId: input.extractId, version: registered.version };
}

/** The same, approved by somebody else: it may release. */
export async function anApprovedExtract(
  services: Services,
  practiceId: string,
  different: Different = {},
): Promise<string> {
  const { extractId, version } = await anExtract(services, practiceId, different);
  const approved = await services.extracts.approve(
    { practiceId, extractId, version, confirmsCare: true },
    { kind: 'command-line', id: 'another' },
  );
  if (!approved.ok) throw new Error(approved.reason);
  return extractId;
}
