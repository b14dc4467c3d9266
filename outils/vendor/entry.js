// The marks the explorer draws with, and nothing else: every name here costs readers bytes.
export { axisX, axisY, dot, gridX, gridY, line, link, plot, ruleX, ruleY, text } from "@observablehq/plot";
