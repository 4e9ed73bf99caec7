import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';

/** What the schema engine opens connections with, on which a whole script is run in another way. */
export function withScripts(
  factory: SqlMigrationAwareDriverAdapterFactory,
  run: (connection: SqlDriverAdapter, script: string) => Promise<void>,
): SqlMigrationAwareDriverAdapterFactory {
  const wrap = async (opened: Promise<SqlDriverAdapter>) => {
    const connection = await opened;
    const original = connection.executeScript.bind(connection);
    const plain = Object.assign(Object.create(connection) as SqlDriverAdapter, { executeScript: original });
    connection.executeScript = (script) => run(plain, script);
    return connection;
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => wrap(factory.connect()),
    connectToShadowDb: () => wrap(factory.connectToShadowDb()),
  };
}
