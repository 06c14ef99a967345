# Databricks notebook source
import socket

dbutils.widgets.text("vendor", "all")
vendor = dbutils.widgets.get("vendor")

def fetch(vendor):
    """The price list of a vendor, from the vendor's feed, which is slow some mornings."""
    with socket.create_connection(("feed.example.com", 443), timeout=30) as connection:
        connection.sendall(vendor.encode())
        return connection.makefile("rb").read()

# COMMAND ----------

feed = fetch(vendor)
path = f"/Volumes/main/default/landing/prices/{vendor}.csv"
dbutils.fs.put(path, feed.decode(), True)

# COMMAND ----------

dbutils.notebook.exit(path)
