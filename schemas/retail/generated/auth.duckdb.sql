-- Generated from schemas/retail/auth.dbml by schemas/generate. Change that file, not this one.

CREATE TABLE "roles" (
  "id" BIGINT NOT NULL,
  "name" varchar NOT NULL
);

CREATE TABLE "users" (
  "id" BIGINT NOT NULL,
  "email" varchar NOT NULL,
  "password_hash" varchar NOT NULL,
  "role_id" bigint NOT NULL,
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp NOT NULL,
  "updated_at" timestamp NOT NULL
);
