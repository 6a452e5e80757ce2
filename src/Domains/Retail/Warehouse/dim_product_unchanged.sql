-- In the place of dim_product.sql when products are as the last run left them.
CREATE TEMP TABLE changed_products (product_id bigint, changed_from timestamp);
