import { showDay } from '../../../day.ts';
import type { Treatment } from '../../../extracts/extract.ts';
import { isGround } from '../../../extracts/grounds.ts';
import type { Register, RegisteredExtract, RegisteredVersion } from '../../../register/register.ts';
import { treatmentWords } from '../extracts/words.ts';
import { appliedWords, plainGrounds, roleWords, sizeWords, stateTags } from './words.ts';

type Row = { readonly key: string; readonly lines: readonly string[] };

const day = (given: string | null): string | null => given && showDay(given);
const row = (key: string, ...lines: (string | null | false)[]): Row[] => {
  const said = lines.filter((line) => typeof line === 'string' && line !== '') as string[];
  return said.length === 0 ? [] : [{ key, lines: said }];
};
const isOn = ({ state }: RegisteredVersion): boolean =>
  ['in-force', 'not-begun', 'suspended'].includes(state);

/** An extract: the version that counts in full, the others in a line each. */
export function extractView(extract: RegisteredExtract, register: Register) {
  const counting = extract.versions.find(isOn) ?? extract.versions[0];
  if (counting === undefined) throw new Error('an extract without a version is not in a register');
  return {
    id: extract.id,
    name: counting.name,
    isOver: !isOn(counting),
    state: stateTags[counting.state] ?? { text: counting.state, colour: 'grey' },
    rows: rowsOf(counting, extract, register.day),
    exemptions: register.exemptions
      .filter((one) => one.extract === extract.id && isInForce(one, register.day))
      .map(({ type, endsOn }) => `${typeName(type)} until ${showDay(endsOn)}`),
    others: extract.versions
      .filter((one) => one !== counting)
      .map((one) => ({
        version: `Version ${one.version}`,
        recipient: one.recipient,
        purpose: one.purpose,
        approved: showDay(one.approvedOn),
        state: stateTags[one.state] ?? { text: one.state, colour: 'grey' },
      })),
  };
}

/** Whether an exemption of the register was in force on its day. */
export const isInForce = (one: { endsOn: string; endedOn: string | null }, on: string): boolean =>
  one.endedOn === null && on <= one.endsOn;

export const typeName = (type: string): string => (type === 'type-1' ? 'Type 1' : 'Type 2');

function rowsOf(one: RegisteredVersion, { size }: RegisteredExtract, today: string): Row[] {
  const { objections, agreement } = one;
  return [
    ...row('Who gets it', recipientWords(one), one.passedOn && `Passed on: ${one.passedOn}`),
    ...row('What for', one.purpose),
    ...row(
      'Why it may leave',
      isGround(one.ground) ? plainGrounds[one.ground] : plainGrounds.other,
      one.reference && `Reference: ${one.reference}`,
      one.groundExpiresOn && `The approval or notice ends on ${showDay(one.groundExpiresOn)}`,
      one.confidentialityBasis && `Confidentiality: ${one.confidentialityBasis}`,
      one.gdprBasis && `UK GDPR: ${one.gdprBasis}`,
    ),
    ...row(
      'If you objected',
      appliedWords('Type 1 objection', objections.type1),
      appliedWords('Type 2 objection', objections.type2),
      appliedWords('National data opt-out', objections.nationalOptOut),
      objections.why,
      one.checksApproved &&
        'The program that sends it may also only ask who may be in it, and then leaves out the others by itself',
    ),
    ...row('What leaves', ...fieldLines(one)),
    ...row('How large', size && sizeWords[size]),
    ...row('Who pays', one.payment),
    ...row(
      'When',
      `From ${showDay(one.startsOn)} to ${showDay(one.endsOn)}`,
      one.frequency,
      one.suspendedOn && `Suspended since ${showDay(one.suspendedOn)}`,
      one.endedOn && `Ended on ${showDay(one.endedOn)}`,
    ),
    ...row(
      'Agreement',
      agreement.reference,
      agreement.endsOn && `Until ${showDay(agreement.endsOn)}`,
      one.destroyBy && `They have to destroy the data by ${showDay(one.destroyBy)}`,
      destroyedWords(one, today),
    ),
    ...row(
      'Who decided',
      `Version ${one.version}, asked for by ${who(one.registeredBy)} on ${day(one.registeredOn)}`,
      `Approved by ${who(one.approvedBy)} on ${day(one.approvedOn)}`,
    ),
  ];
}

const who = (role: string): string => roleWords[role] ?? role;

function recipientWords({ recipient, recipientOds, recipientIsCompany }: RegisteredVersion): string {
  const code = recipientOds === '' ? '' : ` (${recipientOds})`;
  const kind = recipientIsCompany === null ? '' : recipientIsCompany ? ', a company' : ', not a company';
  return `${recipient}${code}${kind}`;
}

function fieldLines({ fields, resources, freeText, fieldGroups, includeLeft }: RegisteredVersion): string[] {
  const treated = ({ name, treatment }: { name: string; treatment: string }) =>
    `${name} (${(treatmentWords[treatment as Treatment] ?? treatment).toLowerCase()})`;
  return [
    fields.length > 0 ? fields.map(treated).join(', ') : '',
    resources.length > 0 ? `Whole records of these kinds: ${resources.join(', ')}` : '',
    ...fieldGroups.map(({ name, reason }) => `${name}: ${reason}`),
    freeText.length > 0 ? `Free text is in: ${freeText.join(', ')}` : '',
    includeLeft ? 'Patients who left the practice are in it too' : '',
  ];
}

function destroyedWords(
  { destroyedOn, certificate, destroyBy }: RegisteredVersion,
  today: string,
): string | null {
  if (destroyedOn === null)
    return destroyBy !== null && destroyBy < today ? 'They have not said yet that they did' : null;
  return `Destroyed on ${showDay(destroyedOn)}${certificate === null ? '' : ` (certificate ${certificate})`}`;
}
