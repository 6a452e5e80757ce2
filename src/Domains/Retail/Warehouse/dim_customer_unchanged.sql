-- In the place of dim_customer.sql when customers are as the last run left them.
CREATE TEMP TABLE changed_customers (customer_id bigint);
