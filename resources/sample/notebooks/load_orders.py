# Databricks notebook source
# MAGIC %md
# MAGIC # Load orders
# MAGIC Takes yesterday's files from the landing volume and merges them into `logistics.shipments.orders`.

# COMMAND ----------

import datetime

dbutils.widgets.text("day", str(datetime.date.today() - datetime.timedelta(days=1)))
day = dbutils.widgets.get("day")
source = f"/Volumes/main/default/landing/orders/{day}"

# COMMAND ----------

raw = spark.read.option("header", True).csv(source)
if raw.isEmpty():
    dbutils.notebook.exit(f"nothing landed for {day}")

# COMMAND ----------

raw.createOrReplaceTempView("landed")
spark.sql(
    """
    MERGE INTO logistics.shipments.orders AS target
    USING landed AS source
    ON target.order_id = source.order_id
    WHEN MATCHED THEN UPDATE SET *
    WHEN NOT MATCHED THEN INSERT *
    """
)
dbutils.notebook.exit(f"{raw.count()} rows for {day}")
