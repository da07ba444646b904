CREATE TABLE "refused_keys" (
	"brand" text NOT NULL,
	"partner" text NOT NULL,
	"mark" text NOT NULL,
	"message" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"tried_at" timestamp with time zone NOT NULL,
	CONSTRAINT "refused_keys_brand_partner_pk" PRIMARY KEY("brand","partner")
);
--> statement-breakpoint
ALTER TABLE "refused_keys" ADD CONSTRAINT "refused_keys_brand_brands_brand_fk" FOREIGN KEY ("brand") REFERENCES "public"."brands"("brand") ON DELETE cascade ON UPDATE no action;