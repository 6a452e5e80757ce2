-- Generated from schemas/retail/warehouse.dbml by schemas/generate. Change that file, not this one.

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

CREATE TABLE "erased_customers" (
  "customer_id" bigint PRIMARY KEY,
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

CREATE INDEX "ix_dim_customer_version" ON "dim_customer" ("customer_id", "valid_from");

CREATE INDEX "ix_dim_product_version" ON "dim_product" ("product_id", "valid_from");

CREATE INDEX "ix_fact_sales_date_key" ON "fact_sales" ("date_key");

CREATE INDEX "ix_stg_customers_id" ON "stg_customers" ("id");

CREATE INDEX "ix_stg_orders_id" ON "stg_orders" ("id");

CREATE INDEX "ix_stg_orders_customer_id" ON "stg_orders" ("customer_id");

CREATE INDEX "ix_stg_order_items_order_id" ON "stg_order_items" ("order_id");

CREATE INDEX "ix_stg_payments_id" ON "stg_payments" ("id");

CREATE INDEX "ix_stg_payments_order_id" ON "stg_payments" ("order_id");

COMMENT ON TABLE "dim_date" IS 'One row a day, without gaps, for the span of the orders plus a year.';

COMMENT ON COLUMN "dim_date"."date_key" IS 'the day as yyyymmdd; 0 is the unknown day';

COMMENT ON COLUMN "dim_date"."date" IS 'empty for key 0 only';

COMMENT ON COLUMN "dim_date"."day_of_week" IS 'ISO: 1 Monday to 7 Sunday';

COMMENT ON COLUMN "dim_date"."is_holiday" IS 'public holidays of Ukraine';

COMMENT ON TABLE "dim_customer" IS 'Type 2 history of region and e-mail: a version for each half-open interval.';

COMMENT ON COLUMN "dim_customer"."customer_key" IS 'one for each version; 0 is the unknown customer';

COMMENT ON COLUMN "dim_customer"."customer_id" IS 'natural key: orders_db.customers.id';

COMMENT ON COLUMN "dim_customer"."valid_from" IS 'inclusive; the first version is open to the past';

COMMENT ON COLUMN "dim_customer"."valid_to" IS 'exclusive; 9999-12-31 for the current version';

COMMENT ON COLUMN "dim_customer"."is_inferred" IS 'known only because a fact mentions it';

COMMENT ON TABLE "dim_product" IS 'Type 2 history of price, cost, category and activity; the category tree flattened.';

COMMENT ON COLUMN "dim_product"."product_key" IS 'one for each version; 0 is the unknown product';

COMMENT ON COLUMN "dim_product"."product_id" IS 'natural key: catalog_db.products.id';

COMMENT ON COLUMN "dim_product"."sub_category" IS 'empty for a product that hangs on a main category';

COMMENT ON COLUMN "dim_product"."valid_from" IS 'inclusive; the first version is open to the past';

COMMENT ON COLUMN "dim_product"."valid_to" IS 'exclusive; 9999-12-31 for the current version';

COMMENT ON COLUMN "dim_product"."is_inferred" IS 'known only because a fact mentions it';

COMMENT ON TABLE "dim_region" IS 'Sales regions, overwritten in place.';

COMMENT ON COLUMN "dim_region"."region_key" IS '0 is the unknown region';

COMMENT ON COLUMN "dim_region"."region_id" IS 'natural key: orders_db.regions.id';

COMMENT ON TABLE "dim_manager" IS 'Employees who look after orders, overwritten in place.';

COMMENT ON COLUMN "dim_manager"."manager_key" IS '0 stands for nobody and for an unknown manager';

COMMENT ON COLUMN "dim_manager"."employee_id" IS 'natural key: orders_db.employees.id';

COMMENT ON TABLE "dim_payment_method" IS 'Ways to pay.';

COMMENT ON COLUMN "dim_payment_method"."payment_method_key" IS '0 stands for no payment and for an unknown method';

COMMENT ON TABLE "fact_sales" IS 'Grain: one order line.';

COMMENT ON COLUMN "fact_sales"."order_id" IS 'degenerate dimension: the number of the order';

COMMENT ON COLUMN "fact_sales"."date_key" IS 'the day of the order';

COMMENT ON COLUMN "fact_sales"."customer_key" IS 'the version valid when the order was placed';

COMMENT ON COLUMN "fact_sales"."product_key" IS 'the version valid when the order was placed';

COMMENT ON COLUMN "fact_sales"."region_key" IS 'the region of the order';

COMMENT ON COLUMN "fact_sales"."gross" IS 'quantity times unit price';

COMMENT ON COLUMN "fact_sales"."net" IS 'gross less discount';

COMMENT ON COLUMN "fact_sales"."cost" IS 'quantity times the cost of the product; empty when that is not known';

COMMENT ON COLUMN "fact_sales"."margin" IS 'net less cost; empty when the cost is not known';

COMMENT ON COLUMN "fact_sales"."paid_amount" IS 'the share of the line in the payments, by largest remainder: shares add up to the cent';

COMMENT ON COLUMN "fact_sales"."is_deleted" IS 'the line vanished from the source';

COMMENT ON TABLE "history_customer" IS 'Every state of a customer that a load has seen; the versions of dim_customer are derived from it.';

COMMENT ON TABLE "history_product" IS 'Every state of a product that a load has seen; the versions of dim_product are derived from it.';

COMMENT ON TABLE "etl_runs" IS 'One row for each load.';

COMMENT ON COLUMN "etl_runs"."mode" IS 'full or incremental';

COMMENT ON COLUMN "etl_runs"."from_at" IS 'inclusive';

COMMENT ON COLUMN "etl_runs"."to_at" IS 'exclusive';

COMMENT ON COLUMN "etl_runs"."result" IS 'what the run printed';

COMMENT ON TABLE "etl_watermarks" IS 'How far each source table has been read; moves in the transaction that publishes the rows.';

COMMENT ON COLUMN "etl_watermarks"."watermark" IS 'everything before it has been read';

COMMENT ON TABLE "etl_state" IS 'What a run leaves for the next one to know, such as how often the fact table had been written to when it ended.';

COMMENT ON TABLE "etl_rejects" IS 'Rows that break a rule, kept until they are mended and replayed.';

COMMENT ON COLUMN "etl_rejects"."row" IS 'the row as it came';

COMMENT ON COLUMN "etl_rejects"."bucket" IS 'the day or block the row is compared in';

COMMENT ON COLUMN "etl_rejects"."amount" IS 'the money the row carries, for the comparison';

COMMENT ON TABLE "erased_customers" IS 'Customers that retail.erase has erased; a load empties their rows before anything else sees them.';

COMMENT ON COLUMN "erased_customers"."customer_id" IS 'natural key: orders_db.customers.id';

COMMENT ON COLUMN "erased_customers"."user_id" IS 'the account that went with the customer';

COMMENT ON TABLE "stg_roles" IS 'Rows of roles as they came, not judged yet.';

COMMENT ON COLUMN "stg_roles"."bucket" IS 'the day or block the row is compared in';

COMMENT ON COLUMN "stg_roles"."row_hash" IS 'hash of all columns';

COMMENT ON TABLE "stg_users" IS 'Rows of users as they came, not judged yet.';

COMMENT ON COLUMN "stg_users"."bucket" IS 'the day or block the row is compared in';

COMMENT ON COLUMN "stg_users"."row_hash" IS 'hash of all columns';

COMMENT ON TABLE "stg_categories" IS 'Rows of categories as they came, not judged yet.';

COMMENT ON COLUMN "stg_categories"."bucket" IS 'the day or block the row is compared in';

COMMENT ON COLUMN "stg_categories"."row_hash" IS 'hash of all columns';

COMMENT ON TABLE "stg_products" IS 'Rows of products as they came, not judged yet.';

COMMENT ON COLUMN "stg_products"."bucket" IS 'the day or block the row is compared in';

COMMENT ON COLUMN "stg_products"."row_hash" IS 'hash of all columns';

COMMENT ON TABLE "stg_regions" IS 'Rows of regions as they came, not judged yet.';

COMMENT ON COLUMN "stg_regions"."bucket" IS 'the day or block the row is compared in';

COMMENT ON COLUMN "stg_regions"."row_hash" IS 'hash of all columns';

COMMENT ON TABLE "stg_employees" IS 'Rows of employees as they came, not judged yet.';

COMMENT ON COLUMN "stg_employees"."bucket" IS 'the day or block the row is compared in';

COMMENT ON COLUMN "stg_employees"."row_hash" IS 'hash of all columns';

COMMENT ON TABLE "stg_customers" IS 'Rows of customers as they came, not judged yet.';

COMMENT ON COLUMN "stg_customers"."bucket" IS 'the day or block the row is compared in';

COMMENT ON COLUMN "stg_customers"."row_hash" IS 'hash of all columns';

COMMENT ON TABLE "stg_orders" IS 'Rows of orders as they came, not judged yet.';

COMMENT ON COLUMN "stg_orders"."bucket" IS 'the day or block the row is compared in';

COMMENT ON COLUMN "stg_orders"."row_hash" IS 'hash of all columns';

COMMENT ON TABLE "stg_order_items" IS 'Rows of order_items as they came, not judged yet.';

COMMENT ON COLUMN "stg_order_items"."bucket" IS 'the day or block the row is compared in';

COMMENT ON COLUMN "stg_order_items"."row_hash" IS 'hash of all columns';

COMMENT ON TABLE "stg_payments" IS 'Rows of payments as they came, not judged yet.';

COMMENT ON COLUMN "stg_payments"."bucket" IS 'the day or block the row is compared in';

COMMENT ON COLUMN "stg_payments"."row_hash" IS 'hash of all columns';
