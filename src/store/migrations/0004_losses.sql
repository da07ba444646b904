CREATE TABLE "losses" (
	"brand" text NOT NULL,
	"order_name" text NOT NULL,
	"source" text NOT NULL,
	"claim_id" text NOT NULL,
	"resolution_id" text NOT NULL,
	"lines" json NOT NULL,
	CONSTRAINT "losses_brand_order_name_source_claim_id_resolution_id_pk" PRIMARY KEY("brand","order_name","source","claim_id","resolution_id")
);
--> statement-breakpoint
-- Whatever was commanded before this was Order Protection's.
ALTER TABLE "ledger" ADD COLUMN "source" text DEFAULT 'order-protection' NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger" ALTER COLUMN "source" DROP DEFAULT;--> statement-breakpoint
CREATE INDEX "losses_of_claim" ON "losses" USING btree ("brand","claim_id");