-- Databricks notebook source
-- MAGIC %md
-- MAGIC # Taxi fares by hour
-- MAGIC Fares of an average trip over the day. The trips are in `samples.nyctaxi.trips`.

-- COMMAND ----------

SELECT date_trunc('HOUR', tpep_pickup_datetime) AS hour,
       count(*) AS trips,
       round(avg(fare_amount), 2) AS average_fare
FROM samples.nyctaxi.trips
GROUP BY 1
ORDER BY 1

-- COMMAND ----------

SELECT pickup_zip, count(*) AS trips, round(sum(fare_amount), 2) AS revenue
FROM samples.nyctaxi.trips
GROUP BY pickup_zip
ORDER BY revenue DESC
LIMIT 20
