import { showInstant } from '../../../day.ts';
import type { JsonObject } from '../../../ledger/entry.ts';
import { type Happened, type Happening, isAboutPatients } from '../../../monitor/happenings.ts';
import { roundedCount } from '../../../reports/small-counts.ts';
import { isRole, roleNames } from '../../../staff/roles.ts';
import { paths } from '../../paths.ts';
import { kindWords } from '../incidents/view-model.ts';
import type { NameOf } from '../objections/who.ts';
import { topics, wordsOf } from './words.ts';

const grouped = new Intl.NumberFormat('en-GB');

/** What happened, by topic; of what is about patients, rounded numbers only. */
export function happenedView(happened: readonly Happened[], nameOf: NameOf) {
  const of = (act: string) => happened.find((one) => one.act === act);
  const shown = topics.map(({ title, href, acts }) => {
    const found = acts.flatMap((act) => of(act) ?? []);
    return {
      title,
      href,
      counts: found.map(({ act, count }) => ({ words: wordsOf(act), count: grouped.format(count) })),
      lines: found
        .flatMap(({ newest }) => newest)
        .sort((one, other) => other.index - one.index)
        .map((entry) => lineOf(entry, nameOf)),
      more: found.reduce((sum, { count, newest }) => sum + count - newest.length, 0),
    };
  });
  const named = topics.flatMap(({ acts }) => acts) as readonly string[];
  return {
    topics: shown.filter(({ counts }) => counts.length > 0),
    others: happened
      .filter(({ act }) => !named.includes(act))
      .map(({ act, count }) => ({
        words: wordsOf(act),
        count: isAboutPatients(act) ? roundedCount(count) : grouped.format(count),
      })),
  };
}

/** An entry as a line: what, of what, by whom; an address where there is a page that everybody may see who sees this. */
function lineOf({ index, act, actor, at, data }: Happening, nameOf: NameOf) {
  return {
    index,
    at: showInstant(new Date(at)),
    what: wordsOf(act),
    by: actor.kind === 'job' ? 'an extract job' : nameOf(actor),
    ...placeOf(act, data, nameOf),
  };
}

function placeOf(act: string, data: JsonObject, nameOf: NameOf): { of: string; href: string | null } {
  const text = (name: string): string => (typeof data[name] === 'string' ? data[name] : '');
  if (act.startsWith('release-')) return { of: 'Release', href: paths.release(text('release')) };
  if (act.startsWith('incident-')) return { of: kindWords[text('kind')] ?? 'Incident', href: null };
  if (act.startsWith('staff-')) {
    const role = text('role');
    const named = nameOf({ kind: 'staff', id: text('staff') });
    return { of: isRole(role) ? `${named}: ${roleNames[role]}` : named, href: null };
  }
  if (act.startsWith('other-flow-')) return { of: 'A flow', href: paths.otherFlows };
  if (act.startsWith('exemption-') && text('extract') === '')
    return { of: 'An exemption', href: paths.exemptions };
  if (act.startsWith('notice-') && typeof data.version === 'number')
    return { of: `Version ${data.version}`, href: paths.noticeVersion(text('notice'), data.version) };
  const extract = text('extract');
  if (extract === '') return { of: '', href: null };
  const version = typeof data.version === 'number' ? data.version : null;
  return version === null
    ? { of: extract, href: paths.extract(extract) }
    : { of: `${extract}, version ${version}`, href: paths.extractVersion(extract, version) };
}
