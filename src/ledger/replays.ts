import type { Frontier } from './frontier.ts';
import type { GrownTree } from './grown-tree.ts';
import type { JsonObject } from './jcs.ts';
import type { ActRow, HeadRow, LedgerReader, Problem } from './ledger-reader.ts';
import type { Mark } from './mark.ts';
import { type AccountRules, MemberDigests } from './member-digests.ts';
import type { PatientRoll } from './patient-roll.ts';
import type { ReadEntry } from './read-entry.ts';
import type { RegisterRules } from './register-lines.ts';
import { CanaryReplay } from './verify-canaries.ts';
import { CheckpointReplay } from './verify-checkpoints.ts';
import { ConsentReplay, type ConsentRules } from './verify-consents.ts';
import { ExtractReplay, type ExtractRules } from './verify-extracts.ts';
import { NoticeReplay } from './verify-notices.ts';
import { ObjectionReplay, type ObjectionRules } from './verify-objections.ts';
import { PersonReplay } from './verify-persons.ts';
import { RegisterReplay } from './verify-registers.ts';
import { ReleaseReplay } from './verify-releases.ts';
import { TellingReplay, type TellingRules } from './verify-tellings.ts';
import { verifyTiles } from './verify-tiles.ts';
import { VersionReplay } from './verify-versions.ts';

export type Rules<A extends ActRow> = {
  readonly objections: ObjectionRules<A>;
  readonly accounts: AccountRules;
  readonly extracts: ExtractRules;
  readonly consents: ConsentRules<A>;
  readonly tellings: TellingRules;
  readonly registers: RegisterRules;
};

/** Everything that is replayed beside the entries: what a new part has to do is read off here. */
export class Replays<A extends ActRow> {
  readonly persons: PersonReplay<A>;
  readonly objections: ObjectionReplay<A>;
  readonly extracts: ExtractReplay<A>;
  readonly consents: ConsentReplay<A>;
  readonly tellings: TellingReplay<A>;
  readonly versions: VersionReplay<A>;
  readonly canaries: CanaryReplay<A>;
  readonly notices: NoticeReplay<A>;
  readonly digests: MemberDigests;
  readonly releases: ReleaseReplay<A>;
  readonly registers: RegisterReplay<A>;
  readonly checkpoints: CheckpointReplay<A>;

  /** @param from the first entry that will be replayed */
  constructor(
    private readonly reader: LedgerReader<A>,
    rules: Rules<A>,
    patients: PatientRoll,
    from: number,
  ) {
    const persons = new PersonReplay(reader, patients);
    const objections = new ObjectionReplay(reader, rules.objections, patients, persons);
    const extracts = new ExtractReplay(reader, rules.extracts);
    const consents = new ConsentReplay(reader, rules.consents, patients, persons, objections);
    const tellings = new TellingReplay(reader, rules.tellings, patients, persons);
    const versions = new VersionReplay(reader);
    this.persons = persons;
    this.objections = objections;
    this.extracts = extracts;
    this.consents = consents;
    this.tellings = tellings;
    this.versions = versions;
    this.canaries = new CanaryReplay(reader);
    this.notices = new NoticeReplay(reader);
    const inForce = { objections, extracts, consents, tellings, versions };
    this.digests = new MemberDigests(rules.accounts, patients);
    this.releases = new ReleaseReplay(reader, rules.accounts, this.digests, inForce, from);
    this.registers = new RegisterReplay(reader, rules.registers);
    this.checkpoints = new CheckpointReplay(reader);
  }

  /** Before the first entry, where nothing was replayed yet. @param elsewhere checkpoints kept outside of the database */
  async begin(elsewhere: readonly string[]): Promise<void> {
    await this.registers.begin();
    await this.checkpoints.begin(elsewhere);
  }

  /** What was replayed so far, for a later check to go on from. */
  keep(): JsonObject {
    return {
      persons: this.persons.keep(),
      objections: this.objections.keep(),
      extracts: this.extracts.keep(),
      consents: this.consents.keep(),
      tellings: this.tellings.keep(),
      versions: this.versions.keep(),
      canaries: this.canaries.keep(),
      notices: this.notices.keep(),
      releases: this.releases.keep(),
      registers: this.registers.keep(),
      checkpoints: this.checkpoints.keep(),
    };
  }

  /** Goes on from a mark, and says what is not as it was then. */
  async resume(
    { size, replayed }: Pick<Mark, 'size' | 'replayed'>,
    elsewhere: readonly string[],
    frontier: Frontier,
  ): Promise<string | undefined> {
    const of = (part: string) => replayed[part] as JsonObject;
    this.persons.resume(of('persons'));
    this.extracts.resume(of('extracts'));
    this.versions.resume(of('versions'));
    this.canaries.resume(of('canaries'));
    this.notices.resume(of('notices'));
    return (
      (await this.objections.resume(of('objections'), size)) ??
      (await this.consents.resume(of('consents'), size)) ??
      (await this.tellings.resume(of('tellings'), size)) ??
      (await this.releases.resume(of('releases'))) ??
      (await this.registers.resume(of('registers'), size)) ??
      (await this.checkpoints.resume(of('checkpoints'), elsewhere, frontier))
    );
  }

  /** Reads on as far as what belongs to the entries before an index. */
  async reach(end: number): Promise<void> {
    await this.objections.reach(end);
    await this.consents.reach(end);
    await this.tellings.reach(end);
    await this.releases.reach(end);
    await this.registers.reach(end);
  }

  /** Takes in an entry, lets the tree grow by it, and says what does not hold about it. */
  check(entry: ReadEntry, commitment: Uint8Array, tree: GrownTree): string | undefined {
    const what =
      this.persons.check(entry) ??
      this.objections.check(entry) ??
      this.versions.check(entry) ??
      this.canaries.check(entry) ??
      this.notices.check(entry) ??
      this.extracts.check(entry) ??
      this.consents.check(entry) ??
      this.tellings.check(entry) ??
      this.registers.check(entry) ??
      this.checkpoints.check(entry) ??
      this.releases.check(entry, tree.frontier);
    if (what !== undefined) return what;
    tree.append(commitment);
    return this.checkpoints.grown(tree.frontier);
  }

  /** After the last entry: what is kept now is what the entries come to. */
  async finish(head: HeadRow, tree: GrownTree): Promise<Problem | undefined> {
    return (
      (await this.objections.finish()) ??
      (await this.persons.finish()) ??
      (await this.extracts.finish()) ??
      (await this.versions.finish()) ??
      (await this.canaries.finish()) ??
      (await this.notices.finish()) ??
      (await this.consents.finish()) ??
      (await this.tellings.finish()) ??
      (await this.releases.finish()) ??
      this.registers.finish() ??
      (await this.checkpoints.finish(head)) ??
      (await verifyTiles(this.reader, tree, this.checkpoints.publishedSize))
    );
  }
}
