import type { ObjectionType } from './objection.ts';

export type CodeSystem = 'read-v2' | 'ctv3' | 'snomed';

/** A code of the clinical record that says dissent, or that dissent is withdrawn. */
export type ClinicalCode = {
  readonly type: ObjectionType;
  readonly meaning: 'dissent' | 'withdrawn';
  readonly system: CodeSystem;
  readonly code: string;
  /** Whether a published source gives this very code. Others are recognised where they are found, and never offered. */
  readonly verified: boolean;
  readonly source: string;
  /** When it was looked up, `YYYY-MM-DD`. */
  readonly on: string;
};

const on = '2026-11-20';
const EMIS_READ = 'Cegedim Vision help, National Data Opt-out service (DLM 760)';
const CTV3 = 'North West London Discovery, list of consent codes';
const DONCASTER = 'Doncaster LMC, type 2 codes';
const UNSEEN = 'From memory: no published source was found. Look it up in the NHS SNOMED CT browser';

/** The codes of the two objections, as data: a code that changes is changed here, with where it comes from. */
export const clinicalCodes: readonly ClinicalCode[] = [
  {
    type: 'type-1',
    meaning: 'dissent',
    system: 'read-v2',
    code: '9Nu0',
    verified: true,
    source: EMIS_READ,
    on,
  },
  { type: 'type-1', meaning: 'dissent', system: 'ctv3', code: 'XaZ89', verified: true, source: CTV3, on },
  {
    type: 'type-1',
    meaning: 'dissent',
    system: 'snomed',
    code: '827241000000103',
    verified: true,
    source: 'RCGP, joint position on type 1 opt-outs',
    on,
  },
  {
    type: 'type-1',
    meaning: 'withdrawn',
    system: 'read-v2',
    code: '9Nu1',
    verified: true,
    source: EMIS_READ,
    on,
  },
  {
    type: 'type-1',
    meaning: 'withdrawn',
    system: 'ctv3',
    code: 'XaZ8A',
    verified: false,
    source: UNSEEN,
    on,
  },
  {
    type: 'type-1',
    meaning: 'withdrawn',
    system: 'snomed',
    code: '827261000000102',
    verified: false,
    source: UNSEEN,
    on,
  },
  {
    type: 'type-2',
    meaning: 'dissent',
    system: 'read-v2',
    code: '9Nu4',
    verified: true,
    source: DONCASTER,
    on,
  },
  {
    type: 'type-2',
    meaning: 'dissent',
    system: 'ctv3',
    code: 'XaaVL',
    verified: true,
    source: DONCASTER,
    on,
  },
  {
    type: 'type-2',
    meaning: 'dissent',
    system: 'snomed',
    code: '881561000000100',
    verified: true,
    source: DONCASTER,
    on,
  },
  {
    type: 'type-2',
    meaning: 'withdrawn',
    system: 'read-v2',
    code: '9Nu5',
    verified: true,
    source: 'NHS Digital, notice on type 2 codes',
    on,
  },
  {
    type: 'type-2',
    meaning: 'withdrawn',
    system: 'ctv3',
    code: 'XaaVM',
    verified: true,
    source: 'Ardens, type 2 report',
    on,
  },
  {
    type: 'type-2',
    meaning: 'withdrawn',
    system: 'snomed',
    code: '881581000000109',
    verified: false,
    source: UNSEEN,
    on,
  },
];

/** What the codes of type 1 are called where they are looked up; the words differ a little from system to system. */
export const termToLookUp: Readonly<Record<ClinicalCode['meaning'], string>> = {
  dissent: 'Dissent from secondary use of GP patient identifiable data',
  withdrawn: 'Dissent withdrawn from secondary use of GP patient identifiable data',
};

/** The clinical systems of practices in England, and the codes that each takes, the one to prefer first. */
export const clinicalSystems: readonly {
  readonly id: 'emis' | 'systmone' | 'vision';
  readonly name: string;
  readonly takes: readonly CodeSystem[];
}[] = [
  { id: 'emis', name: 'EMIS Web', takes: ['snomed', 'read-v2'] },
  { id: 'systmone', name: 'SystmOne', takes: ['ctv3'] },
  { id: 'vision', name: 'Vision', takes: ['read-v2'] },
];

export const systemWords: Readonly<Record<CodeSystem, string>> = {
  'read-v2': 'Read v2',
  ctv3: 'CTV3',
  snomed: 'SNOMED CT',
};

/**
 * What to enter for a type 1 objection, or for its withdrawal, in each clinical system: a code that a source gives, else
 * only the term to look up. Type 2 is never entered: nobody takes it any more.
 */
export function codesToEnter(meaning: ClinicalCode['meaning']) {
  return clinicalSystems.map(({ id, name, takes }) => {
    const codes = takes.flatMap((system) =>
      clinicalCodes.filter(
        (one) => one.type === 'type-1' && one.meaning === meaning && one.system === system && one.verified,
      ),
    );
    return { id, name, code: codes[0] ?? null, term: termToLookUp[meaning] };
  });
}
