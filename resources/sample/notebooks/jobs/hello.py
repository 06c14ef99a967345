# Databricks notebook source
dbutils.widgets.text("name", "nobody")
name = dbutils.widgets.get("name")

# COMMAND ----------

print(f"saying hello to {name}")
dbutils.notebook.exit(f"Hello, {name}!")
