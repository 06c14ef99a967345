# Databricks notebook source
dbutils.widgets.text("page", "products")
page = dbutils.widgets.get("page")

# COMMAND ----------

all_visits = spark.table("main.default.page_views").count()
visits = spark.sql(f"SELECT count(*) FROM main.default.page_views WHERE page = '/{page}'").first()[0]

# COMMAND ----------

# How rare a visit of the page is.
print(f"{page}: one visit in {all_visits / visits:.1f}")
dbutils.notebook.exit("OK")
