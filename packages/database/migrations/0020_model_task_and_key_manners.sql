ALTER TABLE "api_keys" ADD COLUMN "on_unsupported" text DEFAULT 'refuse' NOT NULL;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "task" text DEFAULT 'chat' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_on_unsupported_check" CHECK ("api_keys"."on_unsupported" in ('refuse', 'drop'));--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_task_check" CHECK ("models"."task" in ('chat', 'embeddings'));