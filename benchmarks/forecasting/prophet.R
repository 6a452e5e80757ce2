# Fits and predicts configurations with R's Prophet:  prophet.R RUNS FOLDER...
# A folder holds train.csv, future.csv, perhaps holidays.csv, and golden.json with the arguments. A line of JSON each:
# name, and the seconds of each fit and of each prediction with 1,000 samples, of which there are at most three.
suppressMessages({library(prophet); library(jsonlite)})
arguments <- commandArgs(trailingOnly = TRUE)
runs <- as.integer(arguments[1])
read <- function(folder, file) {
  table <- read.csv(file.path(folder, file), stringsAsFactors = FALSE)
  table$ds <- as.POSIXct(table$ds, tz = "GMT")
  table
}
seconds <- function(action) {
  start <- proc.time()[["elapsed"]]
  action()
  proc.time()[["elapsed"]] - start
}
cat(toJSON(list(version = as.character(packageVersion("prophet")), r = R.version.string), auto_unbox = TRUE), "\n", sep = "")
for (folder in arguments[-1]) {
  golden <- fromJSON(file.path(folder, "golden.json"), simplifyDataFrame = FALSE)
  given <- if (length(golden$prophet_args)) golden$prophet_args else list()
  if (file.exists(file.path(folder, "holidays.csv"))) {
    given$holidays <- read.csv(file.path(folder, "holidays.csv"), stringsAsFactors = FALSE)
    given$holidays$ds <- as.Date(given$holidays$ds)
  }
  build <- function() {
    model <- do.call(prophet, c(list(fit = FALSE), given))
    for (seasonality in golden$add_seasonality) model <- do.call(add_seasonality, c(list(model), seasonality))
    for (regressor in golden$add_regressor) model <- do.call(add_regressor, c(list(model), regressor))
    model
  }
  history <- read(folder, "train.csv")
  future <- read(folder, "future.csv")
  fits <- c()
  for (run in 1:runs) {
    model <- build()
    fits <- c(fits, seconds(function() model <<- suppressMessages(fit.prophet(model, history, seed = 1))))
  }
  predictions <- c()
  for (run in 1:min(runs, 3)) predictions <- c(predictions, seconds(function() predict(model, future)))
  cat(toJSON(list(name = basename(folder), fit = fits, predict = predictions), digits = 6), "\n", sep = "")
}
