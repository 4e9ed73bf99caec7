import { addDays, showDay, showMonth } from '../../../day.ts';
import { groupBy } from '../../../group-by.ts';
import type { Register, RegisteredVersion } from '../../../register/register.ts';
import { extractView, isInForce, typeName } from './extract-view.ts';
import { roleWords, settledWords, sizeWords, statusTags, stopWords } from './words.ts';

const some = (count: number, one: string, more = `${one}s`): string =>
  `${count === 0 ? 'No' : count} ${count === 1 ? one : more}`;

/** The page of a register: a summary for whoever reads no further, and everything behind it. */
export function registerView(register: Register) {
  const extracts = register.extracts.map((one) => extractView(one, register));
  const nameOf = (id: string): string => extracts.find((one) => one.id === id)?.name ?? id;
  return {
    practice: register.practice,
    day: showDay(register.day),
    summary: summaryOf(register),
    extracts: extracts.filter(({ isOver }) => !isOver),
    over: extracts.filter(({ isOver }) => isOver),
    exemptions: register.exemptions.map((one) => ({
      extract: `${nameOf(one.extract)}, version ${one.version}`,
      type: typeName(one.type),
      reason: one.reason,
      reference: one.reference,
      decided: `Asked for by ${roleWords[one.askedBy] ?? one.askedBy}, approved by ${roleWords[one.approvedBy] ?? one.approvedBy} on ${showDay(one.approvedOn)}`,
      ends: one.endedOn ? `Ended on ${showDay(one.endedOn)}` : `Until ${showDay(one.endsOn)}`,
      inForce: isInForce(one, register.day),
    })),
    releasesFrom: showDay(register.releasesFrom),
    releases: register.releases.map((one) => ({
      day: showDay(one.day),
      extract: nameOf(one.extract),
      status: statusTags[one.status] ?? { text: one.status, colour: 'grey' },
      size: one.size === null ? 'None' : sizeWords[one.size],
      id: one.id,
    })),
    months: [...register.months].reverse().map((one) => ({
      month: showMonth(one.month),
      extract: nameOf(one.extract),
      releases: some(one.releases, 'release'),
      failed: some(one.failed, 'failure'),
      checks: one.checks,
    })),
    asks: register.extracts.some(({ versions }) => versions.some(({ checksApproved }) => checksApproved)),
    stops: register.stops.map((one) => ({
      day: showDay(one.day),
      extract: nameOf(one.extract),
      what: stopWords(one.kind),
      settled:
        one.closedOn === null
          ? 'Not yet: it waits for the Caldicott Guardian'
          : `${settledWords[one.settled ?? ''] ?? 'Closed'}, on ${showDay(one.closedOn)}`,
    })),
    flows: register.otherFlows
      .filter(({ endedOn }) => endedOn === null)
      .map((flow) => ({
        ...flow,
        evidenced: flow.evidencedOn === null ? 'Never' : showDay(flow.evidencedOn),
      })),
    objections: [...register.objections].reverse().map((one) => ({ ...one, month: showMonth(one.month) })),
    telling:
      register.telling?.map((one) => ({
        extract: `${nameOf(one.extract)}, version ${one.version}`,
        notice: `${one.notice.title}, version ${one.notice.version}`,
        published: `${showDay(one.publishedOn)}${one.withdrawnOn ? `, withdrawn on ${showDay(one.withdrawnOn)}` : ''}`,
        told: one.told ? `${one.told.share} patients (${showMonth(one.told.month)})` : 'Not counted yet',
      })) ?? null,
  };
}

function summaryOf(register: Register): string[] {
  return [...lastMonth(register), exemptionsNow(register), stopsOpen(register), checkedWords(register)];
}

function lastMonth({ day, months, extracts }: Register): string[] {
  const last = addDays(`${day.slice(0, 7)}-01`, -1).slice(0, 7);
  const left = months.filter(({ month, releases }) => month === last && releases > 0);
  if (left.length === 0) return [`Last month (${showMonth(last)}): no extract left this practice.`];
  const releases = left.reduce((sum, one) => sum + one.releases, 0);
  const kept = groupBy(left, ({ extract }) => kindOf(extracts.find(({ id }) => id === extract)?.versions));
  const count = (kind: string) => kept.get(kind)?.length ?? 0;
  return [
    `Last month (${showMonth(last)}): ${some(left.length, 'extract')} left this practice, in ${some(releases, 'release')}.`,
    count('applied') === left.length
      ? 'Patients who had objected were left out.'
      : count('applied') > 0
        ? `Patients who had objected were left out of ${some(count('applied'), 'extract')}.`
        : '',
    count('not-applied') > 0
      ? `Objections do not count for ${some(count('not-applied'), 'extract')}; why, is said there.`
      : '',
    count('consent') > 0 ? `Only patients who had agreed were in ${some(count('consent'), 'extract')}.` : '',
  ].filter((line) => line !== '');
}

/** What the version that was approved last does with type 1 objections. */
const kindOf = (versions: readonly RegisteredVersion[] | undefined): string =>
  versions?.[0]?.objections.type1 ?? 'applied';

function exemptionsNow({ exemptions, day }: Register): string {
  const count = exemptions.filter((one) => isInForce(one, day)).length;
  return count === 0
    ? 'No exemption from objections is in force.'
    : `${some(count, 'exemption')} from objections ${count === 1 ? 'is' : 'are'} in force.`;
}

function stopsOpen({ stops }: Register): string {
  const open = stops.filter(({ closedOn }) => closedOn === null).length;
  return open === 0
    ? 'No stop of the guard waits to be looked at.'
    : `${some(open, 'stop')} of the guard ${open === 1 ? 'waits' : 'wait'} to be looked at.`;
}

function checkedWords({ checked }: Register): string {
  if (checked === null) return 'The log of the practice has not been checked as a whole yet.';
  const on = showDay(checked.on);
  return checked.holds
    ? `On ${on} the whole log was checked: nothing in it was changed, and nobody who had objected was in a release that has to keep to it.`
    : `On ${on} the whole log was checked, and something in it is not right. The practice has to look.`;
}
