import { isIPv6 } from 'node:net';

/**
 * The network that an address belongs to, for counting tries: an IPv4 address itself, the first 64 bits of an IPv6
 * address, because whoever has one of those has all 2^64 of them.
 */
export function networkOf(ip: string): string {
  const inner = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (inner !== undefined || !isIPv6(ip)) return inner ?? ip;
  const [before = '', after] = ip.split('%')[0]?.split('::') ?? [];
  const groups = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const [head, tail] = [groups(before), groups(after ?? '')];
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  const all = [...head, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...tail];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}
