-- Generated from schemas/retail/payments.dbml by schemas/generate. Change that file, not this one.

CREATE TABLE "payments" (
  "id" BIGINT NOT NULL,
  "order_id" bigint NOT NULL,
  "method" varchar NOT NULL,
  "status" varchar NOT NULL DEFAULT 'pending',
  "amount" decimal(12,2) NOT NULL,
  "paid_at" timestamp,
  "updated_at" timestamp NOT NULL
);
