import { showDay, showInstant } from '../../../day.ts';
import { mayBeExempt } from '../../../extracts/applied-types.ts';
import { isOpen } from '../../../extracts/edit-extract.ts';
import type { Exemption } from '../../../extracts/exemptions/exemption.ts';
import { type Application, rulesOfGround } from '../../../extracts/grounds.ts';
import { groundNeeds, type Need, needsOf, undeclaredFreeText } from '../../../extracts/needs.ts';
import type { ContentName, VersionRecord } from '../../../extracts/registered-version.ts';
import { waitsForTelling } from '../../../extracts/telling-first.ts';
import { differences, digestOf, needsApproval } from '../../../extracts/version-content.ts';
import type { ObjectionType } from '../../../objections/objection.ts';
import { paths } from '../../paths.ts';
import type { NameOf } from '../objections/who.ts';
import { contentLine, contentSections, daysWords } from './content-view.ts';
import { stateTags } from './words.ts';

/** What may be done with a version, by its state alone: who may do it, the permissions say. */
export const isLive = ({ state }: VersionRecord): boolean => state === 'approved' || state === 'suspended';

/** The page that puts a need right. */
const pageOf = ({ extractId, version }: VersionRecord, about: ContentName): string =>
  ['fields', 'fieldGroups', 'freeText', 'personColumns', 'fhir'].includes(about)
    ? paths.extractFields(extractId, version)
    : paths.editExtract(extractId, version);

/**
 * A version of an extract as its page shows it.
 *
 * @param seesReasons whether reasons of a return or a suspension are shown
 * @param exemptions those of the version that are in force today
 */
export function versionView(
  version: VersionRecord,
  versions: readonly VersionRecord[],
  {
    nameOf,
    seesReasons,
    exemptions,
  }: {
    readonly nameOf: NameOf;
    readonly seesReasons: boolean;
    readonly exemptions: readonly Exemption[];
  },
) {
  const before = versions.find((one) => one.version < version.version && one.approvedBy !== null);
  const open = isOpen(version);
  const free = undeclaredFreeText(version);
  const list = (needs: readonly Need[]) =>
    needs.map(({ about, words }) => ({ words, href: pageOf(version, about) }));
  return {
    title: version.name,
    extractId: version.extractId,
    number: version.version,
    state: stateTags[version.state],
    isDraft: version.state === 'draft',
    isWaiting: version.state === 'awaiting-approval',
    isApproved: version.state === 'approved',
    isSuspended: version.state === 'suspended',
    isOpen: open,
    isLive: isLive(version),
    isDirectCare: rulesOfGround(version.ground).withholdsNobody === true,
    seen: digestOf(version),
    sections: contentSections(version),
    rules: ruleLines(version, exemptions),
    needs: open ? list(needsOf(version)) : [],
    groundNeeds: open ? list(groundNeeds(version)) : [],
    groundAsks: rulesOfGround(version.ground).needs,
    freeText: open ? free : [],
    changes: before === undefined ? null : changesBetween(before, version),
    history: historyOf(version, nameOf, seesReasons),
    destroyed: version.destroyedOn,
    canNoteDestruction: !open && version.destroyedOn === null,
  };
}

/** What is different from the version that was approved before. */
function changesBetween(before: VersionRecord, after: VersionRecord) {
  return {
    number: before.version,
    lines: differences(before, after).map((name) => ({
      key: contentLine(name, after).key,
      before: contentLine(name, before).lines,
      after: contentLine(name, after).lines,
      needsApproval: needsApproval(name),
    })),
  };
}

const applied: Readonly<Record<Application, string>> = {
  applied: 'Applied: who objected is withheld',
  'unless-approved': 'Applied, unless the approval itself shows the exception',
  'not-applied': 'Not applied',
  'consent-only': 'Only who consented to this extract leaves',
};

/** What the guard applies, and why: what the ground asks for, what the practice adds, what exemptions leave out. */
function ruleLines(version: VersionRecord, exemptions: readonly Exemption[]) {
  const { ground, stricter, toldDays } = version;
  const { type1, type2, nationalOptOut, why } = rulesOfGround(ground);
  const words = (type: ObjectionType, application: Application) => {
    if (stricter.includes(type))
      return application === 'not-applied'
        ? 'Applied by this practice, although the ground does not ask for it'
        : applied[application];
    const exemption = exemptions.find((one) => one.type === type && mayBeExempt(ground, type));
    return exemption === undefined
      ? applied[application]
      : `Not applied until ${showDay(exemption.endsOn)}: an exemption is in force (${exemption.reference})`;
  };
  return {
    lines: [
      { key: 'Type 1 objections', value: words('type-1', type1) },
      { key: 'Type 2 objections', value: words('type-2', type2) },
      { key: 'National opt-out', value: applied[nationalOptOut] },
      ...(toldDays === null
        ? []
        : [{ key: 'Patients who were not told', value: toldWords(version, toldDays) }]),
    ],
    why: why ?? null,
  };
}

function toldWords(version: VersionRecord, days: number): string {
  return waitsForTelling(version)
    ? `Withheld, and so is who was told less than ${daysWords(days)} before`
    : 'Not withheld: on this ground it only warns';
}

/** What happened to a version, in order. Reasons are words that somebody typed: only for whoever may see patients' names. */
function historyOf(version: VersionRecord, nameOf: NameOf, seesReasons: boolean): string[] {
  const by = (id: string | null) => nameOf({ kind: 'staff', id: id ?? '' });
  const line = (what: string, at: Date | null, id: string | null, why: string | null = null) =>
    at === null
      ? []
      : [
          {
            at,
            words: `${what} ${showInstant(at)} by ${by(id)}${why === null || !seesReasons ? '' : `: ${why}`}`,
          },
        ];
  const edited = version.workedOnBy.filter((id) => id !== version.registeredBy);
  const lines = [
    ...line('Registered', version.registeredAt, version.registeredBy),
    ...line('Sent for approval', version.sentAt, version.sentBy),
    ...line('Returned', version.returnedAt, version.returnedBy, version.returnedWhy),
    ...line('Approved', version.approvedAt, version.approvedBy),
    ...line('Suspended', version.suspendedAt, version.suspendedBy, version.suspendedWhy),
    ...line('Ended', version.endedAt, version.endedBy),
  ].sort((one, other) => one.at.getTime() - other.at.getTime());
  return [
    ...lines.map(({ words }) => words),
    ...(edited.length > 0 ? [`Edited or sent also by ${edited.map(by).join(', ')}`] : []),
    ...(version.destroyedOn === null
      ? []
      : [
          `Destroyed by the recipient on ${showDay(version.destroyedOn)}: certificate ${version.certificateReference}, noted by ${by(version.certificateBy)}`,
        ]),
  ];
}
