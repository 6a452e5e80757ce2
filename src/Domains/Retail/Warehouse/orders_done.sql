DROP TABLE order_payments;
DROP TABLE latest_payments;
DROP TABLE order_totals;
DROP TABLE order_facts;
DROP TABLE paid_shares;
DROP TABLE IF EXISTS recounted;
