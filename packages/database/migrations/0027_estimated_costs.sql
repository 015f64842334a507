ALTER TABLE "attempts" RENAME COLUMN "reserved_cost" TO "estimated_cost";
