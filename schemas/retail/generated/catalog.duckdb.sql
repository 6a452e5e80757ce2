-- Generated from schemas/retail/catalog.dbml by schemas/generate. Change that file, not this one.

CREATE TABLE "categories" (
  "id" BIGINT NOT NULL,
  "parent_id" bigint,
  "name" varchar NOT NULL
);

CREATE TABLE "products" (
  "id" BIGINT NOT NULL,
  "sku" varchar NOT NULL,
  "name" varchar NOT NULL,
  "category_id" bigint NOT NULL,
  "brand" varchar NOT NULL,
  "price" decimal(12,2) NOT NULL,
  "cost" decimal(12,2),
  "is_active" boolean NOT NULL DEFAULT true,
  "created_at" timestamp NOT NULL,
  "updated_at" timestamp NOT NULL
);
