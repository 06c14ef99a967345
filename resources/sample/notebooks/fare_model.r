# Databricks notebook source
library(SparkR)
trips <- collect(sql("SELECT trip_distance, fare_amount FROM samples.nyctaxi.trips WHERE fare_amount > 0"))

# COMMAND ----------

model <- lm(fare_amount ~ trip_distance, data = trips)
summary(model)

# COMMAND ----------

plot(trips$trip_distance, trips$fare_amount, pch = ".", xlab = "miles", ylab = "fare")
abline(model, col = "darkred")
