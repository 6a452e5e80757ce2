-- Generated from schemas/retail/payments.dbml by schemas/generate. Change that file, not this one.

CREATE TABLE `payments` (
  `id` bigint PRIMARY KEY AUTO_INCREMENT,
  `order_id` bigint NOT NULL COMMENT 'soft ref: orders_db.orders.id',
  `method` varchar(20) NOT NULL COMMENT 'card, paypal, bank_transfer or cash',
  `status` varchar(20) NOT NULL DEFAULT 'pending' COMMENT 'pending, completed, failed or refunded',
  `amount` decimal(12,2) NOT NULL COMMENT 'the total of the order, UAH',
  `paid_at` DATETIME(6) COMMENT 'UTC; empty until the money arrives',
  `updated_at` DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE INDEX `ix_payments_updated_at` ON `payments` (`updated_at`);

CREATE INDEX `ix_payments_order_id` ON `payments` (`order_id`);

ALTER TABLE `payments` COMMENT = 'Payments for whole orders. A cancelled order has none, or a refunded one.';
