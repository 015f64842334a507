ALTER TABLE "models" DROP CONSTRAINT "models_cost_check";--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "images" integer;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "reasoning_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "cost_per_request" numeric;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "cost_per_image" numeric;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "price_source" text;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "price_tier_above_tokens" integer;--> statement-breakpoint
ALTER TABLE "connection_tests" ADD COLUMN "suggested_prices" jsonb;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "cache_read_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "cache_write_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "reasoning_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "cost_per_request" numeric;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "cost_per_image" numeric;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "price_tiers" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "price_dated" text;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "price_url" text;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "reasoning_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "cost_per_request" numeric;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "cost_per_image" numeric;--> statement-breakpoint
ALTER TABLE "connection_tests" DROP COLUMN "suggested_input_cost";--> statement-breakpoint
ALTER TABLE "connection_tests" DROP COLUMN "suggested_output_cost";--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_cost_check" CHECK (least("models"."input_cost_per_token", "models"."output_cost_per_token", "models"."cache_read_cost_per_token",
        "models"."cache_write_cost_per_token", "models"."reasoning_cost_per_token", "models"."cost_per_request", "models"."cost_per_image", 0) >= 0);--> statement-breakpoint
UPDATE "platform_models" SET "price_source" = 'snapshot' WHERE "price_source" = 'catalogue';--> statement-breakpoint
UPDATE "models" SET "price_source" = 'snapshot' WHERE "price_source" = 'catalogue';
