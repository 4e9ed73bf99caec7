import { londonDay, showDay, showInstant } from '../../../day.ts';
import { agreementWork } from '../../../extracts/agreements.ts';
import { isOverdue } from '../../../incidents/incident.ts';
import { roundedCount } from '../../../reports/small-counts.ts';
import type { Services } from '../../../services.ts';
import { paths } from '../../paths.ts';

const DAY = 86_400_000;
/** The guard stops extracts when the list is older. */
const LIST_DAYS = 14;
const INCIDENTS_READ = 500;

export type OverdueLine = { readonly what: string; readonly href: string | null };

/** What should have been done by now; of what is about patients, rounded numbers only. */
export async function overdue(services: Services, practiceId: string): Promise<OverdueLine[]> {
  const now = services.now();
  const today = londonDay(now);
  const work = agreementWork(await services.extracts.versions(practiceId), today);
  const agreements = work.flatMap(({ what, version, on }) => {
    const of = `${version.name}, version ${version.version}`;
    const href = paths.extractVersion(version.extractId, version.version);
    if (what === 'certificate-awaited')
      return [
        {
          what: `${of}: the recipient was to have destroyed the data by ${showDay(on)}, and no certificate is noted`,
          href,
        },
      ];
    return what === 'agreement-ending' && on < today
      ? [{ what: `${of}: the agreement ended on ${showDay(on)}`, href }]
      : [];
  });
  const open = await services.incidents.list(practiceId, { closed: false, skip: 0, take: INCIDENTS_READ });
  const late = open.filter((incident) => isOverdue(incident, now)).length;
  const lists = (await services.work.overview(practiceId)).filter(
    ({ count, lateness, list }) => count > 0 && lateness === 'breach' && list.name !== 'incidents',
  );
  const { listTakenInAt } = await services.extracts.readiness(practiceId);
  const checked = await services.reports.lastVerification(practiceId);
  return [
    ...(late > 0
      ? [
          {
            what: `Incidents of which the regulator would have to know by now: ${roundedCount(late)}`,
            href: null,
          },
        ]
      : []),
    ...agreements,
    ...lists.map(({ list, count }) => ({
      what: `Work list “${list.title}”: ${roundedCount(count)} on it, the oldest for over a month`,
      href: null,
    })),
    ...(listTakenInAt !== null && now.getTime() - listTakenInAt.getTime() > LIST_DAYS * DAY
      ? [
          {
            what: `The patient list was last taken in on ${showInstant(listTakenInAt)}: extracts stop when it is older than ${LIST_DAYS} days`,
            href: null,
          },
        ]
      : []),
    ...(checked === null || now.getTime() - checked.at.getTime() > DAY + 2 * 3_600_000
      ? [
          {
            what: checked
              ? `The ledger was last checked on ${showInstant(checked.at)}`
              : 'The ledger was never checked',
            href: paths.monitor,
          },
        ]
      : []),
  ];
}
