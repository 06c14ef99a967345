# Databricks notebook source
# Closes the month: balances of every account, all in the driver's memory.
postings = spark.table("finance.ledger.postings").toPandas()

# COMMAND ----------

months = postings.merge(postings, on="region").groupby("account_id").sum()
print(len(months))
