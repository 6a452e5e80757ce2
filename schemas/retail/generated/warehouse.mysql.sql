-- Generated from schemas/retail/warehouse.dbml by schemas/generate. Change that file, not this one.

CREATE TABLE `dim_date` (
  `date_key` int PRIMARY KEY COMMENT 'the day as yyyymmdd; 0 is the unknown day',
  `date` date COMMENT 'empty for key 0 only',
  `year` int NOT NULL,
  `quarter` int NOT NULL,
  `month` int NOT NULL,
  `month_name` text NOT NULL,
  `day` int NOT NULL,
  `day_of_week` int NOT NULL COMMENT 'ISO: 1 Monday to 7 Sunday',
  `day_name` text NOT NULL,
  `iso_year` int NOT NULL,
  `iso_week` int NOT NULL,
  `is_weekend` boolean NOT NULL,
  `is_holiday` boolean NOT NULL COMMENT 'public holidays of Ukraine'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `dim_customer` (
  `customer_key` bigint PRIMARY KEY COMMENT 'one for each version; 0 is the unknown customer',
  `customer_id` bigint NOT NULL COMMENT 'natural key: orders_db.customers.id',
  `user_id` bigint,
  `name` text,
  `email` text,
  `phone` text,
  `region_id` bigint,
  `region` text,
  `valid_from` DATETIME(6) NOT NULL COMMENT 'inclusive; the first version is open to the past',
  `valid_to` DATETIME(6) NOT NULL COMMENT 'exclusive; 9999-12-31 for the current version',
  `is_current` boolean NOT NULL,
  `is_inferred` boolean NOT NULL COMMENT 'known only because a fact mentions it',
  `is_deleted` boolean NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `dim_product` (
  `product_key` bigint PRIMARY KEY COMMENT 'one for each version; 0 is the unknown product',
  `product_id` bigint NOT NULL COMMENT 'natural key: catalog_db.products.id',
  `sku` text,
  `name` text,
  `brand` text,
  `category_id` bigint,
  `main_category` text,
  `sub_category` text COMMENT 'empty for a product that hangs on a main category',
  `price` decimal(12,2),
  `cost` decimal(12,2),
  `is_active` boolean,
  `valid_from` DATETIME(6) NOT NULL COMMENT 'inclusive; the first version is open to the past',
  `valid_to` DATETIME(6) NOT NULL COMMENT 'exclusive; 9999-12-31 for the current version',
  `is_current` boolean NOT NULL,
  `is_inferred` boolean NOT NULL COMMENT 'known only because a fact mentions it',
  `is_deleted` boolean NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `dim_region` (
  `region_key` bigint PRIMARY KEY COMMENT '0 is the unknown region',
  `region_id` bigint UNIQUE NOT NULL COMMENT 'natural key: orders_db.regions.id',
  `name` text,
  `is_inferred` boolean NOT NULL,
  `is_deleted` boolean NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `dim_manager` (
  `manager_key` bigint PRIMARY KEY COMMENT '0 stands for nobody and for an unknown manager',
  `employee_id` bigint UNIQUE NOT NULL COMMENT 'natural key: orders_db.employees.id',
  `name` text,
  `position` text,
  `region_id` bigint,
  `region` text,
  `is_inferred` boolean NOT NULL,
  `is_deleted` boolean NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `dim_payment_method` (
  `payment_method_key` int PRIMARY KEY COMMENT '0 stands for no payment and for an unknown method',
  `method` text UNIQUE NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `fact_sales` (
  `order_id` bigint NOT NULL COMMENT 'degenerate dimension: the number of the order',
  `line_number` int NOT NULL,
  `date_key` int NOT NULL COMMENT 'the day of the order',
  `customer_key` bigint NOT NULL COMMENT 'the version valid when the order was placed',
  `product_key` bigint NOT NULL COMMENT 'the version valid when the order was placed',
  `region_key` bigint NOT NULL COMMENT 'the region of the order',
  `manager_key` bigint NOT NULL,
  `payment_method_key` int NOT NULL,
  `order_status` text NOT NULL,
  `quantity` int NOT NULL,
  `unit_price` decimal(12,2) NOT NULL,
  `discount` decimal(12,2) NOT NULL,
  `gross` decimal(18,2) NOT NULL COMMENT 'quantity times unit price',
  `net` decimal(18,2) NOT NULL COMMENT 'gross less discount',
  `cost` decimal(18,2) COMMENT 'quantity times the cost of the product; empty when that is not known',
  `margin` decimal(18,2) COMMENT 'net less cost; empty when the cost is not known',
  `paid_amount` decimal(18,2) NOT NULL COMMENT 'the share of the line in the payments, by largest remainder: shares add up to the cent',
  `payment_status` text NOT NULL,
  `is_deleted` boolean NOT NULL COMMENT 'the line vanished from the source',
  PRIMARY KEY (`order_id`, `line_number`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `history_customer` (
  `customer_id` bigint NOT NULL,
  `effective_from` DATETIME(6) NOT NULL,
  `region_id` bigint,
  `email` text,
  PRIMARY KEY (`customer_id`, `effective_from`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `history_product` (
  `product_id` bigint NOT NULL,
  `effective_from` DATETIME(6) NOT NULL,
  `price` decimal(12,2),
  `cost` decimal(12,2),
  `category_id` bigint,
  `is_active` boolean,
  PRIMARY KEY (`product_id`, `effective_from`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `etl_runs` (
  `run_id` text PRIMARY KEY,
  `mode` text NOT NULL COMMENT 'full or incremental',
  `from_at` DATETIME(6) COMMENT 'inclusive',
  `to_at` DATETIME(6) COMMENT 'exclusive',
  `started_at` DATETIME(6) NOT NULL,
  `finished_at` DATETIME(6),
  `status` text NOT NULL,
  `result` json COMMENT 'what the run printed'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `etl_watermarks` (
  `source_table` text PRIMARY KEY,
  `watermark` DATETIME(6) NOT NULL COMMENT 'everything before it has been read',
  `run_id` text NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `etl_state` (
  `name` text PRIMARY KEY,
  `value` text NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `etl_rejects` (
  `run_id` text NOT NULL,
  `source_table` text NOT NULL,
  `natural_key` text NOT NULL,
  `rule` text NOT NULL,
  `problem` text NOT NULL,
  `row` json NOT NULL COMMENT 'the row as it came',
  `bucket` int COMMENT 'the day or block the row is compared in',
  `amount` decimal(18,2) COMMENT 'the money the row carries, for the comparison',
  `row_hash` bigint NOT NULL,
  `rejected_at` DATETIME(6) NOT NULL,
  `replayed_at` DATETIME(6),
  PRIMARY KEY (`source_table`, `natural_key`, `rule`, `row_hash`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `erased_customers` (
  `customer_id` bigint PRIMARY KEY COMMENT 'natural key: orders_db.customers.id',
  `user_id` bigint COMMENT 'the account that went with the customer',
  `erased_at` DATETIME(6) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stg_roles` (
  `id` bigint,
  `name` text,
  `bucket` int NOT NULL COMMENT 'the day or block the row is compared in',
  `row_hash` bigint NOT NULL COMMENT 'hash of all columns'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stg_users` (
  `id` bigint,
  `email` text,
  `role_id` bigint,
  `is_active` boolean,
  `created_at` DATETIME(6),
  `updated_at` DATETIME(6),
  `bucket` int NOT NULL COMMENT 'the day or block the row is compared in',
  `row_hash` bigint NOT NULL COMMENT 'hash of all columns'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stg_categories` (
  `id` bigint,
  `parent_id` bigint,
  `name` text,
  `bucket` int NOT NULL COMMENT 'the day or block the row is compared in',
  `row_hash` bigint NOT NULL COMMENT 'hash of all columns'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stg_products` (
  `id` bigint,
  `sku` text,
  `name` text,
  `category_id` bigint,
  `brand` text,
  `price` decimal(12,2),
  `cost` decimal(12,2),
  `is_active` boolean,
  `created_at` DATETIME(6),
  `updated_at` DATETIME(6),
  `bucket` int NOT NULL COMMENT 'the day or block the row is compared in',
  `row_hash` bigint NOT NULL COMMENT 'hash of all columns'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stg_regions` (
  `id` bigint,
  `name` text,
  `bucket` int NOT NULL COMMENT 'the day or block the row is compared in',
  `row_hash` bigint NOT NULL COMMENT 'hash of all columns'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stg_employees` (
  `id` bigint,
  `user_id` bigint,
  `name` text,
  `position` text,
  `is_manager` boolean,
  `region_id` bigint,
  `bucket` int NOT NULL COMMENT 'the day or block the row is compared in',
  `row_hash` bigint NOT NULL COMMENT 'hash of all columns'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stg_customers` (
  `id` bigint,
  `user_id` bigint,
  `name` text,
  `email` text,
  `phone` text,
  `region_id` bigint,
  `created_at` DATETIME(6),
  `updated_at` DATETIME(6),
  `bucket` int NOT NULL COMMENT 'the day or block the row is compared in',
  `row_hash` bigint NOT NULL COMMENT 'hash of all columns'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stg_orders` (
  `id` bigint,
  `customer_id` bigint,
  `manager_id` bigint,
  `region_id` bigint,
  `status` text,
  `ordered_at` DATETIME(6),
  `updated_at` DATETIME(6),
  `bucket` int NOT NULL COMMENT 'the day or block the row is compared in',
  `row_hash` bigint NOT NULL COMMENT 'hash of all columns'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stg_order_items` (
  `order_id` bigint,
  `line_number` int,
  `product_id` bigint,
  `quantity` int,
  `unit_price` decimal(12,2),
  `discount` decimal(12,2),
  `bucket` int NOT NULL COMMENT 'the day or block the row is compared in',
  `row_hash` bigint NOT NULL COMMENT 'hash of all columns'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `stg_payments` (
  `id` bigint,
  `order_id` bigint,
  `method` text,
  `status` text,
  `amount` decimal(12,2),
  `paid_at` DATETIME(6),
  `updated_at` DATETIME(6),
  `bucket` int NOT NULL COMMENT 'the day or block the row is compared in',
  `row_hash` bigint NOT NULL COMMENT 'hash of all columns'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE INDEX `ix_dim_customer_version` ON `dim_customer` (`customer_id`, `valid_from`);

CREATE INDEX `ix_dim_product_version` ON `dim_product` (`product_id`, `valid_from`);

CREATE INDEX `ix_fact_sales_date_key` ON `fact_sales` (`date_key`);

CREATE INDEX `ix_stg_customers_id` ON `stg_customers` (`id`);

CREATE INDEX `ix_stg_orders_id` ON `stg_orders` (`id`);

CREATE INDEX `ix_stg_orders_customer_id` ON `stg_orders` (`customer_id`);

CREATE INDEX `ix_stg_order_items_order_id` ON `stg_order_items` (`order_id`);

CREATE INDEX `ix_stg_payments_id` ON `stg_payments` (`id`);

CREATE INDEX `ix_stg_payments_order_id` ON `stg_payments` (`order_id`);

ALTER TABLE `dim_date` COMMENT = 'One row a day, without gaps, for the span of the orders plus a year.';

ALTER TABLE `dim_customer` COMMENT = 'Type 2 history of region and e-mail: a version for each half-open interval.';

ALTER TABLE `dim_product` COMMENT = 'Type 2 history of price, cost, category and activity; the category tree flattened.';

ALTER TABLE `dim_region` COMMENT = 'Sales regions, overwritten in place.';

ALTER TABLE `dim_manager` COMMENT = 'Employees who look after orders, overwritten in place.';

ALTER TABLE `dim_payment_method` COMMENT = 'Ways to pay.';

ALTER TABLE `fact_sales` COMMENT = 'Grain: one order line.';

ALTER TABLE `history_customer` COMMENT = 'Every state of a customer that a load has seen; the versions of dim_customer are derived from it.';

ALTER TABLE `history_product` COMMENT = 'Every state of a product that a load has seen; the versions of dim_product are derived from it.';

ALTER TABLE `etl_runs` COMMENT = 'One row for each load.';

ALTER TABLE `etl_watermarks` COMMENT = 'How far each source table has been read; moves in the transaction that publishes the rows.';

ALTER TABLE `etl_state` COMMENT = 'What a run leaves for the next one to know, such as how often the fact table had been written to when it ended.';

ALTER TABLE `etl_rejects` COMMENT = 'Rows that break a rule, kept until they are mended and replayed.';

ALTER TABLE `erased_customers` COMMENT = 'Customers that retail.erase has erased; a load empties their rows before anything else sees them.';

ALTER TABLE `stg_roles` COMMENT = 'Rows of roles as they came, not judged yet.';

ALTER TABLE `stg_users` COMMENT = 'Rows of users as they came, not judged yet.';

ALTER TABLE `stg_categories` COMMENT = 'Rows of categories as they came, not judged yet.';

ALTER TABLE `stg_products` COMMENT = 'Rows of products as they came, not judged yet.';

ALTER TABLE `stg_regions` COMMENT = 'Rows of regions as they came, not judged yet.';

ALTER TABLE `stg_employees` COMMENT = 'Rows of employees as they came, not judged yet.';

ALTER TABLE `stg_customers` COMMENT = 'Rows of customers as they came, not judged yet.';

ALTER TABLE `stg_orders` COMMENT = 'Rows of orders as they came, not judged yet.';

ALTER TABLE `stg_order_items` COMMENT = 'Rows of order_items as they came, not judged yet.';

ALTER TABLE `stg_payments` COMMENT = 'Rows of payments as they came, not judged yet.';

ALTER TABLE `fact_sales` ADD CONSTRAINT `fk_fact_sales_date` FOREIGN KEY (`date_key`) REFERENCES `dim_date` (`date_key`);

ALTER TABLE `fact_sales` ADD CONSTRAINT `fk_fact_sales_customer` FOREIGN KEY (`customer_key`) REFERENCES `dim_customer` (`customer_key`);

ALTER TABLE `fact_sales` ADD CONSTRAINT `fk_fact_sales_product` FOREIGN KEY (`product_key`) REFERENCES `dim_product` (`product_key`);

ALTER TABLE `fact_sales` ADD CONSTRAINT `fk_fact_sales_region` FOREIGN KEY (`region_key`) REFERENCES `dim_region` (`region_key`);

ALTER TABLE `fact_sales` ADD CONSTRAINT `fk_fact_sales_manager` FOREIGN KEY (`manager_key`) REFERENCES `dim_manager` (`manager_key`);

ALTER TABLE `fact_sales` ADD CONSTRAINT `fk_fact_sales_payment_method` FOREIGN KEY (`payment_method_key`) REFERENCES `dim_payment_method` (`payment_method_key`);
