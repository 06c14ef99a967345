-- Databricks notebook source
-- Rows that break a promise the tables make. Every query is to return nothing.

-- COMMAND ----------

SELECT o_orderkey FROM samples.tpch.orders WHERE o_totalprice < 0

-- COMMAND ----------

SELECT l_orderkey
FROM samples.tpch.lineitem l LEFT JOIN samples.tpch.orders o ON o.o_orderkey = l.l_orderkey
WHERE o.o_orderkey IS NULL

-- COMMAND ----------

SELECT region, quarter, count(*) AS copies
FROM main.default.sales_targets
GROUP BY region, quarter
HAVING count(*) > 1
