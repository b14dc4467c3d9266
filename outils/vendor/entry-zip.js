// What writes the archives of the tools to fill in.
export { strToU8, zipSync } from "fflate";
