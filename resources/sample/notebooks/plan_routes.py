# Databricks notebook source
from src.routes import shortest

stops = [row.stop for row in spark.table("logistics.shipments.stops").orderBy("stop").collect()]
print(shortest(stops))
