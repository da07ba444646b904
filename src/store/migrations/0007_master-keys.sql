CREATE TABLE "master_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"resealed_at" timestamp with time zone
);
--> statement-breakpoint
-- What was sealed before there was this table: bytes 2 to 9 of sealed bytes are the id of their master key.
INSERT INTO "master_keys" ("id", "since")
SELECT encode(substring("sealed" from 2 for 8), 'hex'), now() FROM (
	SELECT "secrets" AS "sealed" FROM "brands"
	UNION ALL SELECT "body" FROM "deliveries" WHERE "body" IS NOT NULL
	UNION ALL SELECT "command" FROM "ledger"
	UNION ALL SELECT "answer" FROM "ledger" WHERE "answer" IS NOT NULL
	UNION ALL SELECT "state" FROM "completed_claims"
	UNION ALL SELECT "sealed" FROM "audit_end"
) AS "all_sealed" GROUP BY 1;
