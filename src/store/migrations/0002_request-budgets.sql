CREATE TABLE "request_budgets" (
	"key" text PRIMARY KEY NOT NULL,
	"spent_until" timestamp with time zone NOT NULL,
	"granted" integer NOT NULL
);
