import type { VersionRecord } from '../../../extracts/registered-version.ts';
import { waitsForTelling } from '../../../extracts/telling-first.ts';
import type { ToldCoverage } from '../../../guard/told-coverage.ts';
import type { CoveringNotice } from '../../../notices/covers.ts';
import { daysWords } from './content-view.ts';

const grouped = new Intl.NumberFormat('en-GB');
const count = (of: number): string => grouped.format(of);

const DRAFT = 'None: one can cover it once it was sent for approval, for until then it may change';

/** Whether patients were told of a version: by which notice, how many, and what follows from it today. */
export function toldView(
  version: VersionRecord,
  notices: readonly CoveringNotice[],
  { registered, told, days, longEnough, withheld }: ToldCoverage,
) {
  const asks = version.toldDays !== null;
  const waits = waitsForTelling(version);
  const share = registered === 0 ? '' : ` (${Math.floor((told / registered) * 100)}%)`;
  const missing = registered - longEnough;
  return {
    lines: [
      {
        key: 'Notice that covers it',
        value:
          notices
            .map(
              (one) =>
                `${one.name}, version ${one.version}${one.isWithdrawn ? ' (withdrawn: who was told by it stays told)' : ''}`,
            )
            .join('; ') || (version.state === 'draft' ? DRAFT : 'None'),
      },
      { key: 'Patients told', value: `${count(told)} of ${count(registered)} registered and alive${share}` },
      {
        key: `Told at least ${daysWords(days)} ago`,
        value: `${count(longEnough)} of ${count(registered)} registered and alive`,
      },
      { key: 'Withheld today as not told', value: outcome({ asks, waits, withheld, missing, days }) },
    ],
    warning: warningOf(notices.length > 0, { asks, waits, told, missing, days }),
  };
}

type Said = {
  readonly asks: boolean;
  readonly waits: boolean;
  readonly missing: number;
  readonly days: number;
};

function outcome({ asks, waits, withheld, missing }: Said & { readonly withheld: number | null }): string {
  if (!asks) return 'Nobody: this version does not ask that patients were told';
  if (!waits) return `Nobody: on this ground it only warns. ${count(missing)} not told long enough ago`;
  if (withheld === null) return 'Nothing is released on this ground yet';
  return `${count(withheld)}. Who objected or has not consented is withheld for that, told or not`;
}

/** What whoever approves it should have seen; null where nothing is amiss. */
function warningOf(isCovered: boolean, { asks, waits, told, missing, days }: Said & { told: number }) {
  if (waits && !isCovered)
    return 'No published notice covers this version, and it asks that patients were told. Until one does, everybody is withheld.';
  if (!isCovered)
    return 'No published notice covers this version: patients were not told who gets their data, and what for.';
  if (asks && !waits && missing > 0)
    return `${count(missing)} registered ${missing === 1 ? 'patient was' : 'patients were'} not told at least ${daysWords(days)} ago. Their data leaves all the same: on this ground nobody is withheld for it.`;
  if (waits && told === 0)
    return 'Nobody was told by the notice that covers this version. Until patients were, everybody is withheld.';
  return null;
}
