import { londonDay } from '../day.ts';
import type { ExtractVersion } from '../extracts/extract.ts';
import { waitsForTelling } from '../extracts/telling-first.ts';
import type { ObjectionType } from '../objections/objection.ts';
import { ruleFor, type Telling } from './decide.ts';
import type { Guard } from './guard.ts';

export type RuledToday = {
  readonly ruled: ReturnType<typeof ruleFor>;
  /** The types from which an exemption is in force. */
  readonly exempt: readonly ObjectionType[];
};

/** The rule of a version as the exemptions in force and the notices that cover it make it today, in London. */
export async function ruleToday(
  { extracts, now }: Pick<Guard, 'extracts' | 'now'>,
  version: ExtractVersion,
): Promise<RuledToday> {
  const today = londonDay(now());
  const exempt = await extracts.exemptTypes(version, today);
  const telling: Telling | undefined = waitsForTelling(version)
    ? { by: await extracts.coveringNotices(version), today }
    : undefined;
  return { ruled: ruleFor(version, exempt, telling), exempt };
}
