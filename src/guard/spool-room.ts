/** Thrown when there is no room on the disk, or in what the spools may take of it together: nothing leaves. */
export class NoRoom extends Error {}

/** How the system says that a file cannot grow: the disk is full, or a quota or the limit of a file's size is reached. */
const refusals: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What all spools of a process may take of the disk together. */
export class SpoolRoom {
  private used = 0;

  /** @param most in bytes */
  constructor(private readonly most: number) {}

  /** Takes room before it is written to. Throws NoRoom when there is not enough. */
  take(bytes: number): void {
    if (this.used + bytes > this.most) throw new NoRoom('The spools are full');
    this.used += bytes;
  }

  /** Gives room back. */
  free(bytes: number): void {
    this.used -= bytes;
  }
}

/** Where spools are, and the room that they share. */
export type SpoolPlace = { readonly folder: string; readonly room: SpoolRoom };

/** Does something that makes a file larger. Throws NoRoom where the system has no room for it. */
export async function onDisk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refusals.has(code) ? new NoRoom(`The disk has no room: ${code}`, { cause: error }) : error;
  }
}
