ALTER TABLE "models" DROP CONSTRAINT "models_cost_check";--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "audio_input_tokens" integer;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "cached_audio_tokens" integer;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "audio_output_tokens" integer;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "web_searches" integer;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "audio_input_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "audio_output_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "audio_cache_read_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "cost_per_web_search" numeric;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "audio_input_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "audio_output_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "audio_cache_read_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "cost_per_web_search" numeric;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "audio_input_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "audio_output_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "audio_cache_read_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "platform_models" ADD COLUMN "cost_per_web_search" numeric;--> statement-breakpoint
ALTER TABLE "model_prices" ADD COLUMN "audio_input_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "model_prices" ADD COLUMN "audio_output_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "model_prices" ADD COLUMN "audio_cache_read_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "model_prices" ADD COLUMN "cost_per_web_search" numeric;--> statement-breakpoint
ALTER TABLE "platform_model_prices" ADD COLUMN "audio_input_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "platform_model_prices" ADD COLUMN "audio_output_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "platform_model_prices" ADD COLUMN "audio_cache_read_cost_per_token" numeric;--> statement-breakpoint
ALTER TABLE "platform_model_prices" ADD COLUMN "cost_per_web_search" numeric;--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_cost_check" CHECK (least("models"."input_cost_per_token", "models"."output_cost_per_token", "models"."cache_read_cost_per_token",
        "models"."cache_write_cost_per_token", "models"."reasoning_cost_per_token", "models"."cost_per_request", "models"."cost_per_image",
        "models"."audio_input_cost_per_token", "models"."audio_output_cost_per_token", "models"."audio_cache_read_cost_per_token", "models"."cost_per_web_search", 0) >= 0);