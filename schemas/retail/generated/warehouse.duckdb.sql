-- Generated from schemas/retail/warehouse.dbml by schemas/generate. Change that file, not this one.

CREATE TABLE "dim_date" (
  "date_key" int NOT NULL,
  "date" date,
  "year" int NOT NULL,
  "quarter" int NOT NULL,
  "month" int NOT NULL,
  "month_name" text NOT NULL,
  "day" int NOT NULL,
  "day_of_week" int NOT NULL,
  "day_name" text NOT NULL,
  "iso_year" int NOT NULL,
  "iso_week" int NOT NULL,
  "is_weekend" boolean NOT NULL,
  "is_holiday" boolean NOT NULL
);

CREATE TABLE "dim_customer" (
  "customer_key" bigint NOT NULL,
  "customer_id" bigint NOT NULL,
  "user_id" bigint,
  "name" text,
  "email" text,
  "phone" text,
  "region_id" bigint,
  "region" text,
  "valid_from" timestamp NOT NULL,
  "valid_to" timestamp NOT NULL,
  "is_current" boolean NOT NULL,
  "is_inferred" boolean NOT NULL,
  "is_deleted" boolean NOT NULL
);

CREATE TABLE "dim_product" (
  "product_key" bigint NOT NULL,
  "product_id" bigint NOT NULL,
  "sku" text,
  "name" text,
  "brand" text,
  "category_id" bigint,
  "main_category" text,
  "sub_category" text,
  "price" decimal(12,2),
  "cost" decimal(12,2),
  "is_active" boolean,
  "valid_from" timestamp NOT NULL,
  "valid_to" timestamp NOT NULL,
  "is_current" boolean NOT NULL,
  "is_inferred" boolean NOT NULL,
  "is_deleted" boolean NOT NULL
);

CREATE TABLE "dim_region" (
  "region_key" bigint NOT NULL,
  "region_id" bigint NOT NULL,
  "name" text,
  "is_inferred" boolean NOT NULL,
  "is_deleted" boolean NOT NULL
);

CREATE TABLE "dim_manager" (
  "manager_key" bigint NOT NULL,
  "employee_id" bigint NOT NULL,
  "name" text,
  "position" text,
  "region_id" bigint,
  "region" text,
  "is_inferred" boolean NOT NULL,
  "is_deleted" boolean NOT NULL
);

CREATE TABLE "dim_payment_method" (
  "payment_method_key" int NOT NULL,
  "method" text NOT NULL
);

CREATE TABLE "fact_sales" (
  "order_id" bigint NOT NULL,
  "line_number" int NOT NULL,
  "date_key" int NOT NULL,
  "customer_key" bigint NOT NULL,
  "product_key" bigint NOT NULL,
  "region_key" bigint NOT NULL,
  "manager_key" bigint NOT NULL,
  "payment_method_key" int NOT NULL,
  "order_status" text NOT NULL,
  "quantity" int NOT NULL,
  "unit_price" decimal(12,2) NOT NULL,
  "discount" decimal(12,2) NOT NULL,
  "gross" decimal(18,2) NOT NULL,
  "net" decimal(18,2) NOT NULL,
  "cost" decimal(18,2),
  "margin" decimal(18,2),
  "paid_amount" decimal(18,2) NOT NULL,
  "payment_status" text NOT NULL,
  "is_deleted" boolean NOT NULL
);

CREATE TABLE "history_customer" (
  "customer_id" bigint NOT NULL,
  "effective_from" timestamp NOT NULL,
  "region_id" bigint,
  "email" text
);

CREATE TABLE "history_product" (
  "product_id" bigint NOT NULL,
  "effective_from" timestamp NOT NULL,
  "price" decimal(12,2),
  "cost" decimal(12,2),
  "category_id" bigint,
  "is_active" boolean
);

CREATE TABLE "etl_runs" (
  "run_id" text NOT NULL,
  "mode" text NOT NULL,
  "from_at" timestamp,
  "to_at" timestamp,
  "started_at" timestamp NOT NULL,
  "finished_at" timestamp,
  "status" text NOT NULL,
  "result" json
);

CREATE TABLE "etl_watermarks" (
  "source_table" text NOT NULL,
  "watermark" timestamp NOT NULL,
  "run_id" text NOT NULL
);

CREATE TABLE "etl_state" (
  "name" text NOT NULL,
  "value" text NOT NULL
);

CREATE TABLE "etl_rejects" (
  "run_id" text NOT NULL,
  "source_table" text NOT NULL,
  "natural_key" text NOT NULL,
  "rule" text NOT NULL,
  "problem" text NOT NULL,
  "row" json NOT NULL,
  "bucket" int,
  "amount" decimal(18,2),
  "row_hash" bigint NOT NULL,
  "rejected_at" timestamp NOT NULL,
  "replayed_at" timestamp
);

CREATE TABLE "erased_customers" (
  "customer_id" bigint NOT NULL,
  "user_id" bigint,
  "erased_at" timestamp NOT NULL
);

CREATE TABLE "stg_roles" (
  "id" bigint,
  "name" text,
  "bucket" int NOT NULL,
  "row_hash" bigint NOT NULL
);

CREATE TABLE "stg_users" (
  "id" bigint,
  "email" text,
  "role_id" bigint,
  "is_active" boolean,
  "created_at" timestamp,
  "updated_at" timestamp,
  "bucket" int NOT NULL,
  "row_hash" bigint NOT NULL
);

CREATE TABLE "stg_categories" (
  "id" bigint,
  "parent_id" bigint,
  "name" text,
  "bucket" int NOT NULL,
  "row_hash" bigint NOT NULL
);

CREATE TABLE "stg_products" (
  "id" bigint,
  "sku" text,
  "name" text,
  "category_id" bigint,
  "brand" text,
  "price" decimal(12,2),
  "cost" decimal(12,2),
  "is_active" boolean,
  "created_at" timestamp,
  "updated_at" timestamp,
  "bucket" int NOT NULL,
  "row_hash" bigint NOT NULL
);

CREATE TABLE "stg_regions" (
  "id" bigint,
  "name" text,
  "bucket" int NOT NULL,
  "row_hash" bigint NOT NULL
);

CREATE TABLE "stg_employees" (
  "id" bigint,
  "user_id" bigint,
  "name" text,
  "position" text,
  "is_manager" boolean,
  "region_id" bigint,
  "bucket" int NOT NULL,
  "row_hash" bigint NOT NULL
);

CREATE TABLE "stg_customers" (
  "id" bigint,
  "user_id" bigint,
  "name" text,
  "email" text,
  "phone" text,
  "region_id" bigint,
  "created_at" timestamp,
  "updated_at" timestamp,
  "bucket" int NOT NULL,
  "row_hash" bigint NOT NULL
);

CREATE TABLE "stg_orders" (
  "id" bigint,
  "customer_id" bigint,
  "manager_id" bigint,
  "region_id" bigint,
  "status" text,
  "ordered_at" timestamp,
  "updated_at" timestamp,
  "bucket" int NOT NULL,
  "row_hash" bigint NOT NULL
);

CREATE TABLE "stg_order_items" (
  "order_id" bigint,
  "line_number" int,
  "product_id" bigint,
  "quantity" int,
  "unit_price" decimal(12,2),
  "discount" decimal(12,2),
  "bucket" int NOT NULL,
  "row_hash" bigint NOT NULL
);

CREATE TABLE "stg_payments" (
  "id" bigint,
  "order_id" bigint,
  "method" text,
  "status" text,
  "amount" decimal(12,2),
  "paid_at" timestamp,
  "updated_at" timestamp,
  "bucket" int NOT NULL,
  "row_hash" bigint NOT NULL
);
