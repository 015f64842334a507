DROP INDEX "attempts_slug_idx";--> statement-breakpoint
DROP INDEX "attempts_api_key_idx";--> statement-breakpoint
CREATE INDEX "attempts_slug_idx" ON "attempts" USING btree ("organization_id","slug","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST,"provider","source","api_key_id");--> statement-breakpoint
CREATE INDEX "attempts_api_key_idx" ON "attempts" USING btree ("organization_id","api_key_id","started_at" DESC NULLS FIRST,"id" DESC NULLS FIRST,"source","provider");