-- As on PostgreSQL: amounts of more than ten digits fit, and a price times an amount does.
ALTER TABLE orderbook_data ALTER COLUMN ask_amount TYPE decimal(20,8);
ALTER TABLE orderbook_data ALTER COLUMN ask_price TYPE decimal(20,8);
ALTER TABLE orderbook_data ALTER COLUMN bid_price TYPE decimal(20,8);
ALTER TABLE orderbook_data ALTER COLUMN bid_amount TYPE decimal(20,8);
ALTER TABLE trade_data ALTER COLUMN price TYPE decimal(20,8);
ALTER TABLE trade_data ALTER COLUMN amount TYPE decimal(20,8);
