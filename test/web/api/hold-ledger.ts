import type { ApiScene } from './api-scene.ts';

/** Holds up every change of the practice, as a slow disk would, until what it returns is called. */
export function holdLedger({ services, practiceId }: ApiScene): () => Promise<void> {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const held = services.database.write(async (tx) => {
    await tx.ledgerHead.updateMany({ where: { practiceId }, data: { touched: { increment: 0 } } });
    await until;
  }, practiceId);
  return () => {
    letGo();
    return held;
  };
}
