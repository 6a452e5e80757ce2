UPDATE offers o SET price = n.price, availability = n.availability, delivery_days = n.delivery_days
FROM load_offers n
WHERE o.sku = n.sku AND o.merchant = n.merchant AND o.captured_at = n.captured_at
  AND (o.price <> n.price OR o.availability IS DISTINCT FROM n.availability OR o.delivery_days IS DISTINCT FROM n.delivery_days);

INSERT INTO offers (sku, merchant, captured_at, price, availability, delivery_days)
SELECT n.sku, n.merchant, n.captured_at, n.price, n.availability, n.delivery_days
FROM load_offers n
WHERE NOT EXISTS (SELECT 1 FROM offers o WHERE o.sku = n.sku AND o.merchant = n.merchant AND o.captured_at = n.captured_at);
