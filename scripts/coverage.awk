# Adds up lcov reports: a line counts as covered when any of them ran through it. Generated code (in obj/) does not count.
/^SF:/ { file = substr($0, 4); counts = file !~ /\/obj\// }
/^DA:/ && counts {
  split(substr($0, 4), part, ",")
  line = file ":" part[1]
  if (!(line in hits)) lines++
  if (part[2] > 0 && hits[line] + 0 == 0) covered++
  hits[line] += part[2]
}
END { if (lines > 0) printf "Line coverage of src: %.1f %% (%d of %d)\n", 100 * covered / lines, covered, lines }
