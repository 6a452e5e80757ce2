-- Generated from schemas/retail/auth.dbml by schemas/generate. Change that file, not this one.

CREATE TABLE `roles` (
  `id` bigint PRIMARY KEY AUTO_INCREMENT,
  `name` varchar(50) UNIQUE NOT NULL COMMENT 'ADMIN, SALES, CUSTOMER or BI_VIEWER'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE `users` (
  `id` bigint PRIMARY KEY AUTO_INCREMENT,
  `email` varchar(255) UNIQUE NOT NULL COMMENT 'the sign-in name',
  `password_hash` varchar(255) NOT NULL COMMENT 'never leaves this database: no extract reads it',
  `role_id` bigint NOT NULL,
  `is_active` boolean NOT NULL DEFAULT true,
  `created_at` DATETIME(6) NOT NULL COMMENT 'UTC',
  `updated_at` DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE INDEX `ix_users_updated_at` ON `users` (`updated_at`);

CREATE INDEX `ix_users_role_id` ON `users` (`role_id`);

ALTER TABLE `roles` COMMENT = 'What an account may do.';

ALTER TABLE `users` COMMENT = 'One account for each customer, each employee and the administrator.';

ALTER TABLE `users` ADD CONSTRAINT `fk_users_role` FOREIGN KEY (`role_id`) REFERENCES `roles` (`id`);
