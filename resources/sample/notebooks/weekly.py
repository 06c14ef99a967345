# Databricks notebook source
# MAGIC %run ../etl/lib/helpers

# COMMAND ----------

views = spark.sql(
    """
    SELECT page, count(*) AS visits, avg(seconds_on_page) AS seconds
    FROM main.default.page_views
    GROUP BY page
    ORDER BY visits DESC
    """
)
display(views)
