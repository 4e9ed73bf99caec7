-- CreateIndex
CREATE INDEX "Incident_practiceId_extractId_idx" ON "Incident"("practiceId", "extractId");

-- CreateIndex
CREATE INDEX "Incident_practiceId_patientId_idx" ON "Incident"("practiceId", "patientId");

-- CreateIndex
CREATE INDEX "Release_practiceId_decidedAt_decidedIndex_idx" ON "Release"("practiceId", "decidedAt", "decidedIndex");

-- Append-only: made again by every migration.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE OR REPLACE FUNCTION two_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."approvedBy" = NEW."registeredBy" OR strpos(COALESCE(NEW."workedOnBy", ''), '"' || NEW."approvedBy" || '"') > 0 OR (NEW."state" = 'approved' AND NEW."approvedBy" IS NULL) THEN RAISE EXCEPTION 'who registered, edited or sent a version of an extract cannot approve it'; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW."registeredBy" <> OLD."registeredBy" OR strpos(COALESCE(NEW."workedOnBy", ''), rtrim(COALESCE(OLD."workedOnBy", ''), ']')) <> 1 THEN RAISE EXCEPTION 'who registered, edited or sent a version of an extract cannot approve it'; END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION refuse_one_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW."state" <> 'asked' OR NEW."decidedBy" IS NOT NULL THEN RAISE EXCEPTION 'an exemption is asked for by one person and approved by another'; END IF;
  ELSIF NEW."practiceId" <> OLD."practiceId" OR NEW."extractId" <> OLD."extractId" OR NEW."version" <> OLD."version" OR NEW."type" <> OLD."type" OR NEW."reason" <> OLD."reason" OR NEW."reference" <> OLD."reference" OR NEW."endsOn" <> OLD."endsOn" OR NEW."askedBy" <> OLD."askedBy" OR NEW."decidedBy" = NEW."askedBy" OR (NEW."state" IN ('approved', 'refused') AND NEW."decidedBy" IS NULL) OR (NEW."state" IN ('approved', 'refused') AND OLD."state" <> 'asked' AND NEW."state" <> OLD."state") OR (OLD."decidedBy" IS NOT NULL AND (NEW."decidedBy" IS NULL OR NEW."decidedBy" <> OLD."decidedBy")) THEN RAISE EXCEPTION 'an exemption is asked for by one person and approved by another';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION 'the wording of a published notice never changes';
  ELSIF TG_OP = 'DELETE' THEN
    IF OLD."state" <> 'draft' THEN RAISE EXCEPTION 'the wording of a published notice never changes'; END IF;
    RETURN OLD;
  ELSIF OLD."state" <> 'draft' AND (NEW."state" = 'draft' OR NEW."content" <> OLD."content" OR NEW."covers" <> OLD."covers"
 OR COALESCE(NEW."publishedIndex", -1) <> COALESCE(OLD."publishedIndex", -1) OR NEW."practiceId" <> OLD."practiceId" OR NEW."noticeId" <> OLD."noticeId" OR NEW."version" <> OLD."version") THEN RAISE EXCEPTION 'the wording of a published notice never changes';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS "ExtractVersion_two_people" ON "ExtractVersion";
CREATE TRIGGER "ExtractVersion_two_people" BEFORE INSERT OR UPDATE ON "ExtractVersion" FOR EACH ROW EXECUTE FUNCTION two_people();
DROP TRIGGER IF EXISTS "Exemption_two_people" ON "Exemption";
CREATE TRIGGER "Exemption_two_people" BEFORE INSERT OR UPDATE ON "Exemption" FOR EACH ROW EXECUTE FUNCTION refuse_one_person();
DROP TRIGGER IF EXISTS "NoticeVersion_published_stays" ON "NoticeVersion";
CREATE TRIGGER "NoticeVersion_published_stays" BEFORE UPDATE OR DELETE ON "NoticeVersion" FOR EACH ROW EXECUTE FUNCTION published_stays();
DROP TRIGGER IF EXISTS "NoticeVersion_no_truncate" ON "NoticeVersion";
CREATE TRIGGER "NoticeVersion_no_truncate" BEFORE TRUNCATE ON "NoticeVersion" FOR EACH STATEMENT EXECUTE FUNCTION published_stays();
DROP TRIGGER IF EXISTS "LedgerLeaf_no_change" ON "LedgerLeaf";
CREATE TRIGGER "LedgerLeaf_no_change" BEFORE UPDATE OR DELETE ON "LedgerLeaf" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "LedgerLeaf_no_truncate" ON "LedgerLeaf";
CREATE TRIGGER "LedgerLeaf_no_truncate" BEFORE TRUNCATE ON "LedgerLeaf" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "LedgerText_no_change" ON "LedgerText";
CREATE TRIGGER "LedgerText_no_change" BEFORE UPDATE OR DELETE ON "LedgerText" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "LedgerText_no_truncate" ON "LedgerText";
CREATE TRIGGER "LedgerText_no_truncate" BEFORE TRUNCATE ON "LedgerText" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ObjectionAct_no_change" ON "ObjectionAct";
CREATE TRIGGER "ObjectionAct_no_change" BEFORE UPDATE OR DELETE ON "ObjectionAct" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ObjectionAct_no_truncate" ON "ObjectionAct";
CREATE TRIGGER "ObjectionAct_no_truncate" BEFORE TRUNCATE ON "ObjectionAct" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ReleaseAccount_no_change" ON "ReleaseAccount";
CREATE TRIGGER "ReleaseAccount_no_change" BEFORE UPDATE OR DELETE ON "ReleaseAccount" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ReleaseAccount_no_truncate" ON "ReleaseAccount";
CREATE TRIGGER "ReleaseAccount_no_truncate" BEFORE TRUNCATE ON "ReleaseAccount" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ReleasePart_no_change" ON "ReleasePart";
CREATE TRIGGER "ReleasePart_no_change" BEFORE UPDATE OR DELETE ON "ReleasePart" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ReleasePart_no_truncate" ON "ReleasePart";
CREATE TRIGGER "ReleasePart_no_truncate" BEFORE TRUNCATE ON "ReleasePart" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "AccessLog_no_change" ON "AccessLog";
CREATE TRIGGER "AccessLog_no_change" BEFORE UPDATE OR DELETE ON "AccessLog" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "AccessLog_no_truncate" ON "AccessLog";
CREATE TRIGGER "AccessLog_no_truncate" BEFORE TRUNCATE ON "AccessLog" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "MonitorLook_no_change" ON "MonitorLook";
CREATE TRIGGER "MonitorLook_no_change" BEFORE UPDATE OR DELETE ON "MonitorLook" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "MonitorLook_no_truncate" ON "MonitorLook";
CREATE TRIGGER "MonitorLook_no_truncate" BEFORE TRUNCATE ON "MonitorLook" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ConsentAct_no_change" ON "ConsentAct";
CREATE TRIGGER "ConsentAct_no_change" BEFORE UPDATE OR DELETE ON "ConsentAct" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ConsentAct_no_truncate" ON "ConsentAct";
CREATE TRIGGER "ConsentAct_no_truncate" BEFORE TRUNCATE ON "ConsentAct" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "NoticeTranslation_no_change" ON "NoticeTranslation";
CREATE TRIGGER "NoticeTranslation_no_change" BEFORE UPDATE OR DELETE ON "NoticeTranslation" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "NoticeTranslation_no_truncate" ON "NoticeTranslation";
CREATE TRIGGER "NoticeTranslation_no_truncate" BEFORE TRUNCATE ON "NoticeTranslation" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ToldAct_no_change" ON "ToldAct";
CREATE TRIGGER "ToldAct_no_change" BEFORE UPDATE OR DELETE ON "ToldAct" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ToldAct_no_truncate" ON "ToldAct";
CREATE TRIGGER "ToldAct_no_truncate" BEFORE TRUNCATE ON "ToldAct" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "Reconciliation_no_change" ON "Reconciliation";
CREATE TRIGGER "Reconciliation_no_change" BEFORE UPDATE OR DELETE ON "Reconciliation" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "Reconciliation_no_truncate" ON "Reconciliation";
CREATE TRIGGER "Reconciliation_no_truncate" BEFORE TRUNCATE ON "Reconciliation" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ReconciliationLine_no_change" ON "ReconciliationLine";
CREATE TRIGGER "ReconciliationLine_no_change" BEFORE UPDATE OR DELETE ON "ReconciliationLine" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "ReconciliationLine_no_truncate" ON "ReconciliationLine";
CREATE TRIGGER "ReconciliationLine_no_truncate" BEFORE TRUNCATE ON "ReconciliationLine" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "SigningKey_no_change" ON "SigningKey";
CREATE TRIGGER "SigningKey_no_change" BEFORE UPDATE OR DELETE ON "SigningKey" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "SigningKey_no_truncate" ON "SigningKey";
CREATE TRIGGER "SigningKey_no_truncate" BEFORE TRUNCATE ON "SigningKey" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "PublishedCheckpoint_no_change" ON "PublishedCheckpoint";
CREATE TRIGGER "PublishedCheckpoint_no_change" BEFORE UPDATE OR DELETE ON "PublishedCheckpoint" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "PublishedCheckpoint_no_truncate" ON "PublishedCheckpoint";
CREATE TRIGGER "PublishedCheckpoint_no_truncate" BEFORE TRUNCATE ON "PublishedCheckpoint" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "PublishedRegister_no_change" ON "PublishedRegister";
CREATE TRIGGER "PublishedRegister_no_change" BEFORE UPDATE OR DELETE ON "PublishedRegister" FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TRIGGER IF EXISTS "PublishedRegister_no_truncate" ON "PublishedRegister";
CREATE TRIGGER "PublishedRegister_no_truncate" BEFORE TRUNCATE ON "PublishedRegister" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
