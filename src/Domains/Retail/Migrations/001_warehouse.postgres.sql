-- The warehouse as schemas/retail/warehouse.dbml describes it, and the members that every dimension has from the start.
CREATE TABLE "dim_date" (
  "date_key" int PRIMARY KEY,
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
  "customer_key" bigint PRIMARY KEY,
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
  "product_key" bigint PRIMARY KEY,
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
  "region_key" bigint PRIMARY KEY,
  "region_id" bigint UNIQUE NOT NULL,
  "name" text,
  "is_inferred" boolean NOT NULL,
  "is_deleted" boolean NOT NULL
);

CREATE TABLE "dim_manager" (
  "manager_key" bigint PRIMARY KEY,
  "employee_id" bigint UNIQUE NOT NULL,
  "name" text,
  "position" text,
  "region_id" bigint,
  "region" text,
  "is_inferred" boolean NOT NULL,
  "is_deleted" boolean NOT NULL
);

CREATE TABLE "dim_payment_method" (
  "payment_method_key" int PRIMARY KEY,
  "method" text UNIQUE NOT NULL
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
  "is_deleted" boolean NOT NULL,
  PRIMARY KEY ("order_id", "line_number")
);

CREATE TABLE "history_customer" (
  "customer_id" bigint NOT NULL,
  "effective_from" timestamp NOT NULL,
  "region_id" bigint,
  "email" text,
  PRIMARY KEY ("customer_id", "effective_from")
);

CREATE TABLE "history_product" (
  "product_id" bigint NOT NULL,
  "effective_from" timestamp NOT NULL,
  "price" decimal(12,2),
  "cost" decimal(12,2),
  "category_id" bigint,
  "is_active" boolean,
  PRIMARY KEY ("product_id", "effective_from")
);

CREATE TABLE "etl_runs" (
  "run_id" text PRIMARY KEY,
  "mode" text NOT NULL,
  "from_at" timestamp,
  "to_at" timestamp,
  "started_at" timestamp NOT NULL,
  "finished_at" timestamp,
  "status" text NOT NULL,
  "result" jsonb
);

CREATE TABLE "etl_watermarks" (
  "source_table" text PRIMARY KEY,
  "watermark" timestamp NOT NULL,
  "run_id" text NOT NULL
);

CREATE TABLE "etl_state" (
  "name" text PRIMARY KEY,
  "value" text NOT NULL
);

CREATE TABLE "etl_rejects" (
  "run_id" text NOT NULL,
  "source_table" text NOT NULL,
  "natural_key" text NOT NULL,
  "rule" text NOT NULL,
  "problem" text NOT NULL,
  "row" jsonb NOT NULL,
  "bucket" int,
  "amount" decimal(18,2),
  "row_hash" bigint NOT NULL,
  "rejected_at" timestamp NOT NULL,
  "replayed_at" timestamp,
  PRIMARY KEY ("source_table", "natural_key", "rule", "row_hash")
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

CREATE INDEX "ix_dim_customer_version" ON "dim_customer" ("customer_id", "valid_from");

CREATE INDEX "ix_dim_product_version" ON "dim_product" ("product_id", "valid_from");

CREATE INDEX "ix_fact_sales_date_key" ON "fact_sales" ("date_key");

CREATE INDEX "ix_stg_customers_id" ON "stg_customers" ("id");

CREATE INDEX "ix_stg_orders_id" ON "stg_orders" ("id");

CREATE INDEX "ix_stg_orders_customer_id" ON "stg_orders" ("customer_id");

CREATE INDEX "ix_stg_order_items_order_id" ON "stg_order_items" ("order_id");

CREATE INDEX "ix_stg_payments_id" ON "stg_payments" ("id");

CREATE INDEX "ix_stg_payments_order_id" ON "stg_payments" ("order_id");


INSERT INTO dim_date VALUES (0, NULL, 0, 0, 0, 'Unknown', 0, 0, 'Unknown', 0, 0, FALSE, FALSE);

INSERT INTO dim_customer (customer_key, customer_id, name, region, valid_from, valid_to, is_current, is_inferred, is_deleted)
VALUES (0, 0, 'Unknown', 'Unknown', TIMESTAMP '1900-01-01', TIMESTAMP '9999-12-31', TRUE, FALSE, FALSE);

INSERT INTO dim_product (product_key, product_id, name, main_category, sub_category, valid_from, valid_to, is_current, is_inferred, is_deleted)
VALUES (0, 0, 'Unknown', 'Unknown', 'Unknown', TIMESTAMP '1900-01-01', TIMESTAMP '9999-12-31', TRUE, FALSE, FALSE);

INSERT INTO dim_region (region_key, region_id, name, is_inferred, is_deleted) VALUES (0, 0, 'Unknown', FALSE, FALSE);

INSERT INTO dim_manager (manager_key, employee_id, name, position, region, is_inferred, is_deleted)
VALUES (0, 0, 'Unknown', 'Unknown', 'Unknown', FALSE, FALSE);

INSERT INTO dim_payment_method (payment_method_key, method)
VALUES (0, 'none'), (1, 'card'), (2, 'paypal'), (3, 'bank_transfer'), (4, 'cash');
