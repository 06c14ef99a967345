# Databricks notebook source
# MAGIC %md
# MAGIC # Trips: a first look

# COMMAND ----------

dbutils.widgets.text("min_distance", "0.5")
min_distance = float(dbutils.widgets.get("min_distance"))

# COMMAND ----------

from pyspark.sql import functions as F

trips = spark.table("samples.nyctaxi.trips").where(F.col("trip_distance") >= min_distance)
print(f"{trips.count()} trips of at least {min_distance} miles")

# COMMAND ----------

by_zip = (
    trips.groupBy("pickup_zip")
    .agg(F.count("*").alias("trips"), F.avg("fare_amount").alias("average_fare"))
    .orderBy(F.desc("trips"))
)
display(by_zip)
