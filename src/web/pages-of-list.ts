/** One page of a long list. */
export type ListPage = {
  /** From 1. */
  readonly current: number;
  readonly count: number;
  readonly skip: number;
  readonly take: number;
};

/** The page that an address asks for; one that there is not is the first. */
export function pageOf(asked: unknown, rows: number, take: number): ListPage {
  const count = Math.max(1, Math.ceil(rows / take));
  const number = typeof asked === 'string' && /^\d{1,9}$/.test(asked) ? Number(asked) : 1;
  const current = number >= 1 && number <= count ? number : 1;
  return { current, count, skip: (current - 1) * take, take };
}

/** What the pagination component shows: the first page, those around the current one, the last. Undefined for one page. */
export function paginationOf({ current, count }: ListPage, hrefOf: (page: number) => string) {
  if (count === 1) return undefined;
  const near = [1, current - 1, current, current + 1, count].filter((page) => page >= 1 && page <= count);
  const pages = [...new Set(near)].sort((one, other) => one - other);
  return {
    items: pages.flatMap((page, place) => {
      const item = { number: page, href: hrefOf(page), current: page === current };
      return page - (pages[place - 1] ?? page) > 1 ? [{ ellipsis: true }, item] : [item];
    }),
    ...(current > 1 && { previous: { href: hrefOf(current - 1) } }),
    ...(current < count && { next: { href: hrefOf(current + 1) } }),
  };
}
