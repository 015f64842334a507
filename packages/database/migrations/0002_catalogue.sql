CREATE TABLE "catalogue_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"slug" text NOT NULL,
	"display_name" text NOT NULL,
	"kind" text NOT NULL,
	"fields" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "catalogue_changes_kind_check" CHECK ("catalogue_changes"."kind" in ('added', 'changed', 'delisted', 'relisted', 'pinned', 'unpinned'))
);
--> statement-breakpoint
CREATE TABLE "catalogue_syncs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"outcome" text NOT NULL,
	"cause" text,
	"models" integer DEFAULT 0 NOT NULL,
	"changes" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "catalogue_syncs_outcome_check" CHECK ("catalogue_syncs"."outcome" in ('updated', 'unchanged', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "price_tiers" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "pinned" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "listed" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "retires_on" text;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "reasoning_efforts" jsonb;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "input_modalities" jsonb;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "source_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "catalogue_changes_at_idx" ON "catalogue_changes" USING btree ("at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "catalogue_changes_slug_idx" ON "catalogue_changes" USING btree ("slug","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "catalogue_syncs_at_idx" ON "catalogue_syncs" USING btree ("at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "platform_models_pinned_idx" ON "platform_models" USING btree ("position","slug") WHERE pinned;