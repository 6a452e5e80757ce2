-- What a query of one product looks up, and what a merge of new rows does. The embedded store scans.
CREATE UNIQUE INDEX products_key ON products (sku);
CREATE UNIQUE INDEX features_daily_key ON features_daily (sku, feature_date);
CREATE UNIQUE INDEX offers_key ON offers (sku, merchant, captured_at);
CREATE INDEX price_history_key ON price_history (sku, merchant, valid_from);
CREATE INDEX known_sales_key ON known_sales (sku, first_day);
