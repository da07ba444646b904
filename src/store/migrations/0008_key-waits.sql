CREATE TABLE "key_waits" (
	"brand" text NOT NULL,
	"partner" text NOT NULL,
	"claim_id" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"may_go_on" boolean DEFAULT false NOT NULL,
	CONSTRAINT "key_waits_brand_partner_claim_id_pk" PRIMARY KEY("brand","partner","claim_id")
);
--> statement-breakpoint
ALTER TABLE "key_waits" ADD CONSTRAINT "key_waits_brand_brands_brand_fk" FOREIGN KEY ("brand") REFERENCES "public"."brands"("brand") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "key_waits_to_wake" ON "key_waits" USING btree ("brand","since") WHERE "key_waits"."may_go_on";