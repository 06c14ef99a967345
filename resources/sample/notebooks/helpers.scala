// Databricks notebook source
import java.time.LocalDate

object Calendar {
  def quarter(day: LocalDate): String = s"${day.getYear}-Q${(day.getMonthValue + 2) / 3}"
}

// COMMAND ----------

assert(Calendar.quarter(LocalDate.of(2026, 4, 1)) == "2026-Q2")
