ALTER TABLE "attempts" ADD COLUMN "queue_ms" integer;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "connect_ms" integer;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "changes" text[];