# Asks R surveillance for the EARS alarms of the series that `bench_alerts` wrote, and compares them with ours.
#   Rscript xtask/bench/ears.R DIR
# Debian: r-base-core, r-cran-surveillance. CPU is user + system of the calls; reading and comparing are apart.
suppressMessages(library(surveillance))
dir <- commandArgs(trailingOnly = TRUE)[1]
counts <- t(as.matrix(read.csv(file.path(dir, "ears.csv"), header = FALSE)))
dimnames(counts) <- NULL
series <- sts(counts, start = c(2025, 1), frequency = 365)
cat("R", R.version$major, R.version$minor, "surveillance", as.character(packageVersion("surveillance")), "\n")
for (method in c("C1", "C2", "C3")) {
  took <- system.time(found <- earsC(series, control = list(method = method)))
  offset <- nrow(counts) - nrow(found)
  alarms <- which(alarms(found) == 1, arr.ind = TRUE)
  theirs <- sort(paste(alarms[, 2], alarms[, 1] + offset, sep = ","))
  ours <- sort(readLines(file.path(dir, paste0("ears-", method, ".ours"))))
  cat(sprintf("%s: %d alarms, ours %d, the same %d; CPU %.3f s\n", method, length(theirs), length(ours),
              length(intersect(theirs, ours)), took[["user.self"]] + took[["sys.self"]]))
}
