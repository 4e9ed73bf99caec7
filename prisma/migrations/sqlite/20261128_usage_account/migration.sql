-- CreateTable
CREATE TABLE "RecipientLetter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "practiceId" TEXT NOT NULL,
    "patientId" TEXT NOT NULL,
    "extractId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "recipient" TEXT NOT NULL,
    "recipientOds" TEXT NOT NULL,
    "types" TEXT NOT NULL,
    "agreedAt" DATETIME NOT NULL,
    "agreedIndex" INTEGER NOT NULL,
    "agreedVia" TEXT NOT NULL,
    "agreedBy" TEXT NOT NULL,
    "sentOn" TEXT,
    "sentBy" TEXT,
    "answeredOn" TEXT,
    "answeredBy" TEXT,
    "outcome" TEXT,
    "answer" TEXT,
    "stoppedAt" DATETIME,
    "stoppedBy" TEXT
);

-- CreateIndex
CREATE INDEX "RecipientLetter_practiceId_patientId_idx" ON "RecipientLetter"("practiceId", "patientId");

-- CreateIndex
CREATE INDEX "RecipientLetter_practiceId_answeredOn_idx" ON "RecipientLetter"("practiceId", "answeredOn");

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
