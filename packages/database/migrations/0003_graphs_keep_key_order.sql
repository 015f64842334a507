ALTER TABLE "workflow_versions" ALTER COLUMN "graph" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "workflows" ALTER COLUMN "draft" SET DATA TYPE json;