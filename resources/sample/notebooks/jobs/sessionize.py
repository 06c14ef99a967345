# Databricks notebook source
# Files of the web shop, as they land.
visits = (
    spark.readStream.format("cloudFiles")
    .option("cloudFiles.format", "csv")
    .load("/Volumes/main/default/landing")
)

# COMMAND ----------

(
    visits.writeStream.option("checkpointLocation", "/Volumes/main/default/landing/_checkpoints")
    .toTable("main.default.page_views")
    .awaitTermination()
)
