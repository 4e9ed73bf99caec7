-- AlterTable
ALTER TABLE "LedgerHead" ADD COLUMN "signature" BLOB;
ALTER TABLE "LedgerHead" ADD COLUMN "signedBy" TEXT;

-- CreateTable
CREATE TABLE "SigningKey" (
    "verifier" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "sealed" BLOB NOT NULL,
    "madeAt" DATETIME NOT NULL,
    "madeAtIndex" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "PublishedCheckpoint" (
    "practiceId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("practiceId", "day")
);

-- CreateTable
CREATE TABLE "LedgerTile" (
    "practiceId" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "hash" BLOB NOT NULL,

    PRIMARY KEY ("practiceId", "level", "index")
);

-- CreateIndex
CREATE UNIQUE INDEX "SigningKey_practiceId_madeAtIndex_key" ON "SigningKey"("practiceId", "madeAtIndex");

-- Append-only: made again by every migration.
DROP TRIGGER IF EXISTS "LedgerLeaf_no_update";
CREATE TRIGGER "LedgerLeaf_no_update" BEFORE UPDATE ON "LedgerLeaf" BEGIN SELECT RAISE(ABORT, 'LedgerLeaf is append-only'); END;
DROP TRIGGER IF EXISTS "LedgerLeaf_no_delete";
CREATE TRIGGER "LedgerLeaf_no_delete" BEFORE DELETE ON "LedgerLeaf" BEGIN SELECT RAISE(ABORT, 'LedgerLeaf is append-only'); END;
DROP TRIGGER IF EXISTS "LedgerText_no_update";
CREATE TRIGGER "LedgerText_no_update" BEFORE UPDATE ON "LedgerText" BEGIN SELECT RAISE(ABORT, 'LedgerText is append-only'); END;
DROP TRIGGER IF EXISTS "LedgerText_no_delete";
CREATE TRIGGER "LedgerText_no_delete" BEFORE DELETE ON "LedgerText" BEGIN SELECT RAISE(ABORT, 'LedgerText is append-only'); END;
DROP TRIGGER IF EXISTS "ObjectionAct_no_update";
CREATE TRIGGER "ObjectionAct_no_update" BEFORE UPDATE ON "ObjectionAct" BEGIN SELECT RAISE(ABORT, 'ObjectionAct is append-only'); END;
DROP TRIGGER IF EXISTS "ObjectionAct_no_delete";
CREATE TRIGGER "ObjectionAct_no_delete" BEFORE DELETE ON "ObjectionAct" BEGIN SELECT RAISE(ABORT, 'ObjectionAct is append-only'); END;
DROP TRIGGER IF EXISTS "ReleaseAccount_no_update";
CREATE TRIGGER "ReleaseAccount_no_update" BEFORE UPDATE ON "ReleaseAccount" BEGIN SELECT RAISE(ABORT, 'ReleaseAccount is append-only'); END;
DROP TRIGGER IF EXISTS "ReleaseAccount_no_delete";
CREATE TRIGGER "ReleaseAccount_no_delete" BEFORE DELETE ON "ReleaseAccount" BEGIN SELECT RAISE(ABORT, 'ReleaseAccount is append-only'); END;
DROP TRIGGER IF EXISTS "AccessLog_no_update";
CREATE TRIGGER "AccessLog_no_update" BEFORE UPDATE ON "AccessLog" BEGIN SELECT RAISE(ABORT, 'AccessLog is append-only'); END;
DROP TRIGGER IF EXISTS "AccessLog_no_delete";
CREATE TRIGGER "AccessLog_no_delete" BEFORE DELETE ON "AccessLog" BEGIN SELECT RAISE(ABORT, 'AccessLog is append-only'); END;
DROP TRIGGER IF EXISTS "SigningKey_no_update";
CREATE TRIGGER "SigningKey_no_update" BEFORE UPDATE ON "SigningKey" BEGIN SELECT RAISE(ABORT, 'SigningKey is append-only'); END;
DROP TRIGGER IF EXISTS "SigningKey_no_delete";
CREATE TRIGGER "SigningKey_no_delete" BEFORE DELETE ON "SigningKey" BEGIN SELECT RAISE(ABORT, 'SigningKey is append-only'); END;
DROP TRIGGER IF EXISTS "PublishedCheckpoint_no_update";
CREATE TRIGGER "PublishedCheckpoint_no_update" BEFORE UPDATE ON "PublishedCheckpoint" BEGIN SELECT RAISE(ABORT, 'PublishedCheckpoint is append-only'); END;
DROP TRIGGER IF EXISTS "PublishedCheckpoint_no_delete";
CREATE TRIGGER "PublishedCheckpoint_no_delete" BEFORE DELETE ON "PublishedCheckpoint" BEGIN SELECT RAISE(ABORT, 'PublishedCheckpoint is append-only'); END;
