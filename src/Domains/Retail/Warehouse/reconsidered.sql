-- Lines and payments that were kept aside for what stands in another table get another look with their order.
DELETE FROM rejected WHERE order_id IS NOT NULL AND {{affected order_id}};
