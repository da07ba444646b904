CREATE TABLE "brands" (
	"brand" text PRIMARY KEY NOT NULL,
	"settings" json NOT NULL,
	"secrets" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "completed_claims" (
	"brand" text NOT NULL,
	"claim_id" text NOT NULL,
	"phase" text NOT NULL,
	"attention" text NOT NULL,
	"source" text NOT NULL,
	"order_id" text,
	"state" "bytea" NOT NULL,
	"completed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "completed_claims_brand_claim_id_pk" PRIMARY KEY("brand","claim_id")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"brand" text NOT NULL,
	"source" text NOT NULL,
	"topic" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"claim_id" text,
	"body" "bytea" NOT NULL,
	"status" text NOT NULL,
	"error" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deliveries_once" UNIQUE("brand","source","dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"key" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"brand" text NOT NULL,
	"resolution_id" text NOT NULL,
	"claim_id" text NOT NULL,
	"kind" text NOT NULL,
	"amount" text,
	"currency" text,
	"command" "bytea" NOT NULL,
	"state" text NOT NULL,
	"answer" "bytea",
	"commanded_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"reported_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "ledger_brand_resolution_id_pk" PRIMARY KEY("brand","resolution_id")
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"brand" text NOT NULL,
	"name" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "tokens_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_brand_brands_brand_fk" FOREIGN KEY ("brand") REFERENCES "public"."brands"("brand") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "completed_by_time" ON "completed_claims" USING btree ("brand","completed_at","claim_id");--> statement-breakpoint
CREATE INDEX "completed_by_phase" ON "completed_claims" USING btree ("brand","phase","completed_at","claim_id");--> statement-breakpoint
CREATE INDEX "completed_by_order" ON "completed_claims" USING btree ("brand","order_id");--> statement-breakpoint
CREATE INDEX "deliveries_pending" ON "deliveries" USING btree ("id") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "deliveries_of_brand" ON "deliveries" USING btree ("brand","id");--> statement-breakpoint
CREATE INDEX "deliveries_quarantined" ON "deliveries" USING btree ("brand","id") WHERE status = 'quarantined';--> statement-breakpoint
CREATE INDEX "ledger_of_claim" ON "ledger" USING btree ("brand","claim_id","commanded_at");--> statement-breakpoint
CREATE INDEX "tokens_of_brand" ON "tokens" USING btree ("brand","created_at");