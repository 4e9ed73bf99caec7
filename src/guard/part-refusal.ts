/** Why a release in parts does not do what it was asked to. It goes on as before. */
export type PartRefusal =
  | 'parts-busy'
  | 'parts-closed'
  | 'part-doubled'
  | 'too-many-parts'
  | 'not-decided'
  | 'no-such-part';

export type PartRefused = {
  readonly ok: false;
  readonly reason: PartRefusal;
  readonly column?: never;
  readonly line?: never;
};
