DELETE FROM price_history h
WHERE EXISTS (SELECT 1 FROM load_pairs p WHERE p.sku = h.sku AND p.merchant = h.merchant)
  AND NOT EXISTS (
    SELECT 1 FROM load_history n
    WHERE n.sku = h.sku AND n.merchant = h.merchant AND n.valid_from = h.valid_from AND n.price = h.price AND n.valid_to IS NOT DISTINCT FROM h.valid_to
  );

INSERT INTO price_history (sku, merchant, price, valid_from, valid_to)
SELECT n.sku, n.merchant, n.price, n.valid_from, n.valid_to FROM load_history n
WHERE NOT EXISTS (
  SELECT 1 FROM price_history h
  WHERE n.sku = h.sku AND n.merchant = h.merchant AND n.valid_from = h.valid_from AND n.price = h.price AND n.valid_to IS NOT DISTINCT FROM h.valid_to
)
ORDER BY n.sku, n.merchant, n.valid_from;
