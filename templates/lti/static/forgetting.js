// After everything was deleted: takes away what this device keeps of the modules too, answers that wait to be sent first.
for (const open of [() => localStorage, () => sessionStorage]) {
  try {
    const storage = open();
    for (const key of Object.keys(storage).filter((one) => /^lokaltmot:(lti|journal):/.test(one))) {
      storage.removeItem(key);
    }
  } catch {
    // Storage may be refused; then there is nothing in it.
  }
}
