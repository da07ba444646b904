CREATE TABLE "mappings" (
	"brand" text NOT NULL,
	"version" integer NOT NULL,
	"mapping" json NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "mappings_brand_version_pk" PRIMARY KEY("brand","version")
);
