-- CreateTable
CREATE TABLE "ReleasePart" (
    "releaseId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "practiceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "countIn" INTEGER NOT NULL,
    "countOut" INTEGER NOT NULL,
    "countWithheld" INTEGER NOT NULL,
    "digestIn" TEXT NOT NULL,
    "digestOut" TEXT NOT NULL,
    "bytesOut" REAL NOT NULL,

    PRIMARY KEY ("releaseId", "place")
);

-- CreateTable
CREATE TABLE "LocalId" (
    "practiceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "importId" TEXT NOT NULL,

    PRIMARY KEY ("practiceId", "kind", "value", "patientId")
);

-- CreateIndex
CREATE INDEX "LocalId_practiceId_patientId_idx" ON "LocalId"("practiceId", "patientId");

-- CreateIndex
CREATE INDEX "LocalId_importId_idx" ON "LocalId"("importId");

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
DROP TRIGGER IF EXISTS "ReleasePart_no_update";
CREATE TRIGGER "ReleasePart_no_update" BEFORE UPDATE ON "ReleasePart" BEGIN SELECT RAISE(ABORT, 'ReleasePart is append-only'); END;
DROP TRIGGER IF EXISTS "ReleasePart_no_delete";
CREATE TRIGGER "ReleasePart_no_delete" BEFORE DELETE ON "ReleasePart" BEGIN SELECT RAISE(ABORT, 'ReleasePart is append-only'); END;
DROP TRIGGER IF EXISTS "AccessLog_no_update";
CREATE TRIGGER "AccessLog_no_update" BEFORE UPDATE ON "AccessLog" BEGIN SELECT RAISE(ABORT, 'AccessLog is append-only'); END;
DROP TRIGGER IF EXISTS "AccessLog_no_delete";
CREATE TRIGGER "AccessLog_no_delete" BEFORE DELETE ON "AccessLog" BEGIN SELECT RAISE(ABORT, 'AccessLog is append-only'); END;
