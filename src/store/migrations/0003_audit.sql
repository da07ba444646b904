CREATE TABLE "audit" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"call_id" text NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"brand" text,
	"claim_id" text,
	"outcome" text NOT NULL,
	"details" json NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_end" (
	"id" integer PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_of_brand" ON "audit" USING btree ("brand","seq");