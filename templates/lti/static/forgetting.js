// After the data were deleted on the server: deletes the modules' data on this device too, such as unsent answers.
for (const open of [() => localStorage, () => sessionStorage]) {
  try {
    const storage = open();
    for (const key of Object.keys(storage).filter((one) => /^lokaltmot:(lti|journal):/.test(one))) {
      storage.removeItem(key);
    }
  } catch {
    // The browser may deny storage; then there is nothing to delete.
  }
}
