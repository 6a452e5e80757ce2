-- Generated from schemas/retail/catalog.dbml by schemas/generate. Change that file, not this one.

CREATE TABLE `categories` (
  `id` bigint PRIMARY KEY AUTO_INCREMENT,
  `parent_id` bigint COMMENT 'the main category of a sub category; empty for a main category',
  `name` varchar(100) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `products` (
  `id` bigint PRIMARY KEY AUTO_INCREMENT,
  `sku` varchar(40) UNIQUE NOT NULL COMMENT 'stock keeping unit: the number people use for the product',
  `name` varchar(255) NOT NULL,
  `category_id` bigint NOT NULL,
  `brand` varchar(100) NOT NULL,
  `price` decimal(12,2) NOT NULL COMMENT 'list price of one piece today, UAH; order_items keeps the price paid',
  `cost` decimal(12,2) COMMENT 'purchase price of one piece, UAH; empty when not known yet',
  `is_active` boolean NOT NULL DEFAULT true COMMENT 'false once the product is no longer sold',
  `created_at` DATETIME(6) NOT NULL COMMENT 'UTC',
  `updated_at` DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE INDEX `ix_categories_parent_id` ON `categories` (`parent_id`);

CREATE INDEX `ix_products_updated_at` ON `products` (`updated_at`);

CREATE INDEX `ix_products_category_id` ON `products` (`category_id`);

ALTER TABLE `categories` COMMENT = 'A tree of two levels: main and sub categories.';

ALTER TABLE `products` COMMENT = 'Products with their current price. The past is not kept here; the warehouse keeps what it observed.';

ALTER TABLE `categories` ADD CONSTRAINT `fk_categories_parent` FOREIGN KEY (`parent_id`) REFERENCES `categories` (`id`);

ALTER TABLE `products` ADD CONSTRAINT `fk_products_category` FOREIGN KEY (`category_id`) REFERENCES `categories` (`id`);
