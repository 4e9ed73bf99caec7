import type { Services } from '../../../services.ts';
import type { Practice } from '../../../staff/add-practice.ts';
import { PageError } from '../../middleware/page-error.ts';

/** The practice that an address of the public log names. Throws PageError 404 when there is none. */
export async function practiceOfLog({ staff }: Services, ods: unknown): Promise<Practice> {
  const practice = await staff.practiceByOds(String(ods));
  if (practice === undefined) throw new PageError(404, 'no such practice');
  return practice;
}
