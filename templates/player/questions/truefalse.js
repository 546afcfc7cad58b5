/** True or false: one right answer among two. */
export * from "./single.js";
