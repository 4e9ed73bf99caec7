import { showDay } from '../../../day.ts';
import type { PublishedRegister } from '../../../register/register-store.ts';
import type { Services } from '../../../services.ts';
import type { Practice } from '../../../staff/add-practice.ts';
import { paths } from '../../paths.ts';

/** With what anybody checks a register: the address and the key of the log, and the checkpoint that counts it. */
export async function checkView({ publicLog, config }: Services, { id, ods }: Practice) {
  const published = await publicLog.latest(id);
  const [key] = await publicLog.verifiers(id);
  return {
    address: config.publicUrl + paths.log(ods),
    verifier: key?.verifier ?? '',
    checkpoint: published && { day: showDay(published.day), note: published.note },
  };
}

/**
 * The register for programs. `register` is what the ledger holds the digest of: the SHA-256 of its RFC 8785 form. What
 * stands beside it is for checking that.
 */
export async function registerFile(
  services: Services,
  { id, ods }: Practice,
  { register, ledgerIndex }: PublishedRegister,
): Promise<string> {
  const { publicLog, config } = services;
  const published = await publicLog.latest(id);
  const verifiers = (await publicLog.verifiers(id)).map(({ verifier }) => verifier);
  const { publicUrl } = config;
  const file = {
    register,
    entry: ledgerIndex,
    log: publicUrl + paths.log(ods),
    proof: publicUrl + paths.publicRegisterProof(ods),
    checkpoint: published?.note ?? null,
    verifiers,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
