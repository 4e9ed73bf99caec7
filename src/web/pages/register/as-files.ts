import type { Services } from '../../../services.ts';
import type { Practice } from '../../../staff/add-practice.ts';
import { assets } from '../../assets.ts';
import { renderFile } from '../../view-engine.ts';
import { checkView, registerFile } from './answer.ts';
import { registerView } from './view-model.ts';

const styles = ['nhsuk-frontend.min.css', 'app.css'];

/**
 * The register that was published last as files for a website, by name: the page with its styles, the same for programs,
 * and the proof. The links in it are to files beside it. Null when none was published yet.
 */
export async function registerFiles(
  services: Services,
  practice: Practice,
): Promise<ReadonlyMap<string, string> | null> {
  const found = await services.publicRegister.latest(practice.id);
  if (found === null) return null;
  const page = renderFile('register/show', {
    title: `What leaves ${practice.name}`,
    madeUp: practice.madeUp,
    ...registerView(found.register),
    check: await checkView(services, practice),
    links: {
      json: 'register.json',
      proof: 'register.tlog-proof',
      log: `../../log/${practice.ods}/checkpoint`,
    },
  });
  return new Map([
    ...styles.map((name): [string, string] => [name, assets[name]?.body ?? '']),
    ['register.json', await registerFile(services, practice, found)],
    ['register.tlog-proof', (await services.publicRegister.proof(practice.id, found.ledgerIndex)) ?? ''],
    ['index.html', page],
  ]);
}
