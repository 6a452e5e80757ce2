-- The tree of categories: one without a parent stands at its top.
CREATE TABLE categories (
  id {text} NOT NULL,
  name {text} NOT NULL,
  parent {text}
);

CREATE TABLE merchants (
  id {text} NOT NULL,
  name {text} NOT NULL,
  rating {double}
);

-- A product of the marketplace, by its key there.
CREATE TABLE products (
  sku {text} NOT NULL,
  title {text},
  brand {text},
  category {text},
  first_seen {date} NOT NULL,
  last_seen {date} NOT NULL
);

-- What was seen of a product on a day, one row a day: reviews (a count that grows), rating, price, min_price, max_price, merchants,
-- position, availability, and whatever else a source gives.
CREATE TABLE features_daily (
  sku {text} NOT NULL,
  feature_date {date} NOT NULL,
  features {json} NOT NULL
);

-- What a merchant asked for a product at a moment (UTC).
CREATE TABLE offers (
  sku {text} NOT NULL,
  merchant {text} NOT NULL,
  captured_at {timestamp} NOT NULL,
  price DECIMAL(18, 2) NOT NULL,
  availability {text},
  delivery_days {integer}
);

-- A merchant's price for a product as long as it held: valid_to is the day of the next price, and null for the price that holds.
CREATE TABLE price_history (
  sku {text} NOT NULL,
  merchant {text} NOT NULL,
  price DECIMAL(18, 2) NOT NULL,
  valid_from {date} NOT NULL,
  valid_to {date}
);

-- Sales that are known: units sold from first_day to last_day, both included; no fewer than units and no more than most_units, which is
-- null where units are exact. A first_day of 1970-01-01 stands for all time: what was ever sold up to last_day.
CREATE TABLE known_sales (
  sku {text} NOT NULL,
  first_day {date} NOT NULL,
  last_day {date} NOT NULL,
  units {double} NOT NULL,
  most_units {double}
);
