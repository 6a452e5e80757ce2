-- Generated from schemas/retail/orders.dbml by schemas/generate. Change that file, not this one.

CREATE TABLE `regions` (
  `id` bigint PRIMARY KEY AUTO_INCREMENT,
  `name` varchar(100) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `employees` (
  `id` bigint PRIMARY KEY AUTO_INCREMENT,
  `user_id` bigint NOT NULL COMMENT 'soft ref: auth_db.users.id',
  `name` varchar(150) NOT NULL,
  `position` varchar(100) NOT NULL,
  `is_manager` boolean NOT NULL DEFAULT false COMMENT 'true for those who look after orders',
  `region_id` bigint NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `customers` (
  `id` bigint PRIMARY KEY AUTO_INCREMENT,
  `user_id` bigint NOT NULL COMMENT 'soft ref: auth_db.users.id',
  `name` varchar(150) NOT NULL,
  `email` varchar(255) COMMENT 'should be there; an old import left some empty',
  `phone` varchar(20) NOT NULL COMMENT '+380 and nine digits',
  `region_id` bigint NOT NULL COMMENT 'where the customer lives now; orders keep the region of their day',
  `created_at` DATETIME(6) NOT NULL COMMENT 'UTC',
  `updated_at` DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `orders` (
  `id` bigint PRIMARY KEY AUTO_INCREMENT,
  `customer_id` bigint NOT NULL,
  `manager_id` bigint COMMENT 'the employee who looks after the order; empty when nobody does yet',
  `region_id` bigint NOT NULL COMMENT 'the region of the customer when the order was placed',
  `status` varchar(20) NOT NULL DEFAULT 'new' COMMENT 'new, paid, shipped or cancelled',
  `ordered_at` DATETIME(6) NOT NULL COMMENT 'UTC',
  `updated_at` DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `order_items` (
  `order_id` bigint NOT NULL,
  `line_number` int NOT NULL COMMENT 'counts from 1 within the order',
  `product_id` bigint NOT NULL COMMENT 'soft ref: catalog_db.products.id',
  `quantity` int NOT NULL,
  `unit_price` decimal(12,2) NOT NULL COMMENT 'price of one piece on the day of the order, UAH',
  `discount` decimal(12,2) NOT NULL DEFAULT 0 COMMENT 'off the whole line, UAH',
  PRIMARY KEY (`order_id`, `line_number`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE INDEX `ix_employees_region_id` ON `employees` (`region_id`);

CREATE INDEX `ix_customers_updated_at` ON `customers` (`updated_at`);

CREATE INDEX `ix_customers_region_id` ON `customers` (`region_id`);

CREATE INDEX `ix_orders_updated_at` ON `orders` (`updated_at`);

CREATE INDEX `ix_orders_customer_id` ON `orders` (`customer_id`);

CREATE INDEX `ix_orders_manager_id` ON `orders` (`manager_id`);

CREATE INDEX `ix_orders_region_id` ON `orders` (`region_id`);

CREATE INDEX `ix_order_items_product_id` ON `order_items` (`product_id`);

ALTER TABLE `regions` COMMENT = 'Sales regions.';

ALTER TABLE `employees` COMMENT = 'The people of the shop; five of them manage orders, one in each region.';

ALTER TABLE `customers` COMMENT = 'Customers as they are today.';

ALTER TABLE `orders` COMMENT = 'One row an order. A change to a line of the order also moves its updated_at.';

ALTER TABLE `order_items` COMMENT = 'The lines of an order: quantity times unit price, less the discount.';

ALTER TABLE `employees` ADD CONSTRAINT `fk_employees_region` FOREIGN KEY (`region_id`) REFERENCES `regions` (`id`);

ALTER TABLE `customers` ADD CONSTRAINT `fk_customers_region` FOREIGN KEY (`region_id`) REFERENCES `regions` (`id`);

ALTER TABLE `orders` ADD CONSTRAINT `fk_orders_customer` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`);

ALTER TABLE `orders` ADD CONSTRAINT `fk_orders_manager` FOREIGN KEY (`manager_id`) REFERENCES `employees` (`id`);

ALTER TABLE `orders` ADD CONSTRAINT `fk_orders_region` FOREIGN KEY (`region_id`) REFERENCES `regions` (`id`);

ALTER TABLE `order_items` ADD CONSTRAINT `fk_order_items_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`);
