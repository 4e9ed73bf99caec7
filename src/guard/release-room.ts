/** A place for one release at work. */
export type Place = {
  /** Gives it back; once more does nothing. */
  free(): void;
};

/** How many releases a process works on at once: each takes memory, and what nobody bounds piles up where a disk is slow. */
export class ReleaseRoom {
  private taken = 0;

  /** @param most how many may be at work */
  constructor(readonly most: number) {}

  /** How many are at work. */
  get atWork(): number {
    return this.taken;
  }

  /** Takes a place at once, so that no two can take the last one; undefined when there is none. */
  take(): Place | undefined {
    if (this.taken >= this.most) return undefined;
    this.taken++;
    let isFree = false;
    return {
      free: () => {
        if (!isFree) this.taken--;
        isFree = true;
      },
    };
  }
}
