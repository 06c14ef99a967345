// Databricks notebook source
val orders = spark.table("samples.tpch.orders")
val customers = spark.table("samples.tpch.customer")

// COMMAND ----------

val joined = orders.join(customers, $"o_custkey" === $"c_custkey")
  .groupBy($"c_mktsegment")
  .agg(sum($"o_totalprice").as("total"), countDistinct($"c_custkey").as("customers"))

// COMMAND ----------

display(joined.orderBy($"total".desc))
