# Databricks notebook source
library(SparkR)
views <- collect(sql("SELECT user_id, count(*) AS visits FROM main.default.page_views GROUP BY user_id"))

# COMMAND ----------

hist(log10(views$visits), main = "Visits of a user", xlab = "visits, powers of ten")
