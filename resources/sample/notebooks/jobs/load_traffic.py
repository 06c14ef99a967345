# Databricks notebook source
dbutils.widgets.text("store", "ROM")
store = dbutils.widgets.get("store")

# COMMAND ----------

visits = spark.sql(f"SELECT count(*) AS visits FROM main.default.page_views WHERE length('{store}') = 3").first()[0]
print(f"{store}: {visits} visits")
dbutils.notebook.exit(f"{store} {visits}")
