-- Generated from schemas/retail/orders.dbml by schemas/generate. Change that file, not this one.

CREATE TABLE "regions" (
  "id" BIGINT NOT NULL,
  "name" varchar NOT NULL
);

CREATE TABLE "employees" (
  "id" BIGINT NOT NULL,
  "user_id" bigint NOT NULL,
  "name" varchar NOT NULL,
  "position" varchar NOT NULL,
  "is_manager" boolean NOT NULL DEFAULT false,
  "region_id" bigint NOT NULL
);

CREATE TABLE "customers" (
  "id" BIGINT NOT NULL,
  "user_id" bigint NOT NULL,
  "name" varchar NOT NULL,
  "email" varchar,
  "phone" varchar NOT NULL,
  "region_id" bigint NOT NULL,
  "created_at" timestamp NOT NULL,
  "updated_at" timestamp NOT NULL
);

CREATE TABLE "orders" (
  "id" BIGINT NOT NULL,
  "customer_id" bigint NOT NULL,
  "manager_id" bigint,
  "region_id" bigint NOT NULL,
  "status" varchar NOT NULL DEFAULT 'new',
  "ordered_at" timestamp NOT NULL,
  "updated_at" timestamp NOT NULL
);

CREATE TABLE "order_items" (
  "order_id" bigint NOT NULL,
  "line_number" int NOT NULL,
  "product_id" bigint NOT NULL,
  "quantity" int NOT NULL,
  "unit_price" decimal(12,2) NOT NULL,
  "discount" decimal(12,2) NOT NULL DEFAULT 0
);
