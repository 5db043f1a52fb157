# Makes the files of this folder: a made-up survey, and what R's package survey estimates from it. Needs survey and haven; run in this
# folder: Rscript make.R
suppressMessages({library(survey); library(haven)})
set.seed(20)
n <- 240
stratum <- sample(c("North", "South", "Coast"), n, TRUE, c(.5, .3, .2))
cluster <- sample(1:9, n, TRUE)
# A stratum with one cluster.
stratum[n - 0:4] <- "Island"; cluster[n - 0:4] <- 1
trust <- sample(c(1:4, 8, 9), n, TRUE, c(.2, .3, .2, .2, .06, .04))
d <- data.frame(stratum, cluster, weight = round(runif(n, .2, 3), 4), sex = sample(1:2, n, TRUE), region = sample(c("Made-up East", "Made-up West", "À l’ouest"), n, TRUE, c(.6, .3, .1)),
  trust, safe = round(rnorm(n, 5, 2), 2))
d$safe[sample(n, 12)] <- NA
d$weight[7] <- 0
d$trust[d$trust == 9] <- NA
labelled <- transform(d, trust = labelled_spss(trust, c("A lot" = 1, "Somewhat" = 2, "A little" = 3, "Not at all" = 4, "Do not know" = 8), na_values = 8, label = "Trust in the made-up police"),
  sex = labelled(sex, c(Women = 1, Men = 2), label = "Sex"), region = structure(region, label = "Région"))
labelled$a_long_name_of_a_variable <- d$safe
write_sav(labelled, "survey.sav", compress = "byte"); write_sav(labelled, "survey.zsav", compress = "zsav"); write_sav(labelled, "plain.sav", compress = "none")
write.csv(d, "survey.csv", row.names = FALSE, na = "")
options(survey.lonely.psu = "adjust")
rows <- list()
say <- function(design, name, by, level) {
  inside <- if (by == "") design else subset(design, get(by) == level)
  answered <- subset(inside, !is.na(trust) & trust != 8)
  for (k in 1:4) {
    chosen <- update(answered, y = as.numeric(trust == k), k = k)
    m <- svymean(~y, chosen, deff = "replace")
    p <- svyciprop(~y, chosen, method = "logit")
    rows[[length(rows) + 1]] <<- data.frame(design = name, by, level, answer = k, value = coef(m)[[1]], error = SE(m)[[1]], low = confint(p)[1], high = confint(p)[2], deff = deff(m)[[1]])
  }
  m <- svymean(~safe, subset(inside, !is.na(safe)), deff = "replace"); c <- confint(m, df = degf(subset(inside, !is.na(safe))))
  rows[[length(rows) + 1]] <<- data.frame(design = name, by, level, answer = 0, value = coef(m)[[1]], error = SE(m)[[1]], low = c[1], high = c[2], deff = deff(m)[[1]])
}
full <- function() svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
designs <- list(full = full(), weights = svydesign(ids = ~1, weights = ~weight, data = d), clusters = svydesign(ids = ~cluster, weights = ~weight, data = d),
  strata = svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = d))
for (name in names(designs)) {
  say(designs[[name]], name, "", "")
  for (s in 1:2) say(designs[[name]], name, "sex", s)
  for (r in unique(region <- d$region)) say(designs[[name]], name, "region", r)
}
options(survey.lonely.psu = "certainty")
say(full(), "certainty", "", "")
all <- do.call(rbind, rows)
write.csv(all, "estimates.csv", row.names = FALSE)
