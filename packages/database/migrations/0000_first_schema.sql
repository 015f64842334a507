CREATE TABLE "api_keys" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"key_hash" "bytea" NOT NULL,
	"last_four" text NOT NULL,
	"role" text NOT NULL,
	"allowed_models" text[],
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "api_keys_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "api_keys_role_check" CHECK ("api_keys"."role" in ('admin', 'builder', 'viewer', 'inference'))
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_id" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"slug" text,
	"kind" text,
	"provider" text NOT NULL,
	"provider_model_id" text NOT NULL,
	"credential_id" uuid,
	"api_key_id" uuid,
	"member_id" uuid,
	"stream" boolean NOT NULL,
	"status" text NOT NULL,
	"http_status" integer,
	"cause" text,
	"finish_reason" text,
	"prompt_tokens" integer,
	"completion_tokens" integer,
	"cached_tokens" integer,
	"cache_write_tokens" integer,
	"reasoning_tokens" integer,
	"input_cost_per_token" numeric,
	"output_cost_per_token" numeric,
	"cache_read_cost_per_token" numeric,
	"cache_write_cost_per_token" numeric,
	"cost" numeric,
	"provider_cost" numeric,
	"latency_ms" integer,
	"first_byte_ms" integer,
	CONSTRAINT "attempts_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "attempts_status_check" CHECK ("attempts"."status" in ('succeeded', 'failed', 'canceled', 'incomplete', 'unknown')),
	CONSTRAINT "attempts_cost_check" CHECK ("attempts"."cost" is null or "attempts"."cost" >= 0)
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"object_type" text NOT NULL,
	"object_id" text,
	"field_names" text[] NOT NULL,
	CONSTRAINT "audit_log_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "connection_tests" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"config_digest" "bytea" NOT NULL,
	"passed" boolean NOT NULL,
	"cause" text,
	"latency_ms" integer NOT NULL,
	"sealed" "bytea",
	"data_key_version" integer,
	"fingerprint" "bytea",
	"preview" text,
	"credential_expires_at" timestamp with time zone,
	"credential_id" uuid,
	"credential_version" integer,
	"suggested_input_cost" numeric,
	"suggested_output_cost" numeric,
	"quirks" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	CONSTRAINT "connection_tests_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"provider" text NOT NULL,
	"auth_kind" text NOT NULL,
	"base_url" text NOT NULL,
	"region" text,
	"sealed" "bytea",
	"data_key_version" integer NOT NULL,
	"preview" text NOT NULL,
	"fingerprint" "bytea" NOT NULL,
	"expires_at" timestamp with time zone,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "credentials_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "data_keys" (
	"organization_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kid" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_keys_organization_id_version_pk" PRIMARY KEY("organization_id","version")
);
--> statement-breakpoint
CREATE TABLE "encryption_key_checks" (
	"kid" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "server_secrets" (
	"name" text PRIMARY KEY NOT NULL,
	"kid" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone,
	CONSTRAINT "members_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "members_role_check" CHECK ("members"."role" in ('admin', 'builder', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"user_agent" text,
	CONSTRAINT "sessions_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "setup_links" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "models" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"slug" text NOT NULL,
	"display_name" text NOT NULL,
	"provider_model_id" text NOT NULL,
	"max_tokens" integer,
	"context_tokens" integer,
	"json_mode" boolean NOT NULL,
	"vision" boolean NOT NULL,
	"tool_use" boolean NOT NULL,
	"reasoning" boolean NOT NULL,
	"reasoning_parameter" text,
	"input_cost_per_token" numeric,
	"output_cost_per_token" numeric,
	"price_source" text,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"provider" text NOT NULL,
	"auth_kind" text NOT NULL,
	"base_url" text NOT NULL,
	"region" text,
	"credential_id" uuid,
	"quirks" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_test_passed" boolean,
	"last_test_cause" text,
	"last_test_latency_ms" integer,
	"last_test_at" timestamp with time zone,
	"untested_since" timestamp with time zone,
	"created_by" uuid,
	CONSTRAINT "models_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "models_slug_check" CHECK ("models"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("models"."slug") <= 64),
	CONSTRAINT "models_reasoning_check" CHECK ("models"."reasoning" = ("models"."reasoning_parameter" is not null)),
	CONSTRAINT "models_cost_check" CHECK (coalesce("models"."input_cost_per_token", 0) >= 0 and coalesce("models"."output_cost_per_token", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "platform_models" (
	"slug" text PRIMARY KEY NOT NULL,
	"display_name" text NOT NULL,
	"provider_model_id" text NOT NULL,
	"max_tokens" integer,
	"context_tokens" integer,
	"json_mode" boolean NOT NULL,
	"vision" boolean NOT NULL,
	"tool_use" boolean NOT NULL,
	"reasoning" boolean NOT NULL,
	"reasoning_parameter" text,
	"input_cost_per_token" numeric,
	"output_cost_per_token" numeric,
	"price_source" text,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"position" integer NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"cache_read_cost_per_token" numeric,
	"cache_write_cost_per_token" numeric
);
--> statement-breakpoint
CREATE TABLE "registry_state" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"generation" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workflow_model_references" (
	"organization_id" uuid NOT NULL,
	"workflow_id" uuid NOT NULL,
	"workflow_name" text NOT NULL,
	"version" integer NOT NULL,
	"step" text NOT NULL,
	"slug" text NOT NULL,
	"active" boolean NOT NULL,
	CONSTRAINT "workflow_model_references_organization_id_workflow_id_version_step_pk" PRIMARY KEY("organization_id","workflow_id","version","step")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"default_model" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_tests" ADD CONSTRAINT "connection_tests_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_tests" ADD CONSTRAINT "connection_tests_organization_id_data_key_version_data_keys_organization_id_version_fk" FOREIGN KEY ("organization_id","data_key_version") REFERENCES "public"."data_keys"("organization_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection_tests" ADD CONSTRAINT "connection_tests_organization_id_credential_id_credentials_organization_id_id_fk" FOREIGN KEY ("organization_id","credential_id") REFERENCES "public"."credentials"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_organization_id_data_key_version_data_keys_organization_id_version_fk" FOREIGN KEY ("organization_id","data_key_version") REFERENCES "public"."data_keys"("organization_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_keys_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_organization_id_member_id_members_organization_id_id_fk" FOREIGN KEY ("organization_id","member_id") REFERENCES "public"."members"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_organization_id_credential_id_credentials_organization_id_id_fk" FOREIGN KEY ("organization_id","credential_id") REFERENCES "public"."credentials"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_model_references" ADD CONSTRAINT "workflow_model_references_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_key_hash_key" ON "api_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE INDEX "api_keys_created_by_idx" ON "api_keys" USING btree ("organization_id","created_by");--> statement-breakpoint
CREATE INDEX "attempts_started_idx" ON "attempts" USING btree ("organization_id","started_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "attempts_slug_idx" ON "attempts" USING btree ("organization_id","slug","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "attempts_api_key_idx" ON "attempts" USING btree ("organization_id","api_key_id","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_log_at_idx" ON "audit_log" USING btree ("organization_id","at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "connection_tests_token_hash_key" ON "connection_tests" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "connection_tests_expires_at_idx" ON "connection_tests" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "credentials_fingerprint_idx" ON "credentials" USING btree ("organization_id","fingerprint");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "members_email_key" ON "members" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "models_slug_key" ON "models" USING btree ("organization_id","slug");--> statement-breakpoint
CREATE INDEX "models_name_idx" ON "models" USING btree ("organization_id",lower("display_name"),"slug");--> statement-breakpoint
CREATE INDEX "models_credential_idx" ON "models" USING btree ("organization_id","credential_id");--> statement-breakpoint
CREATE INDEX "workflow_model_references_slug_idx" ON "workflow_model_references" USING btree ("organization_id","slug");