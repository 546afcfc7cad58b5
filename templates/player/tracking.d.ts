// In a package tracking.js is a copy of tracking/<name>.js. For the type checker only.
export function connect(module: ModuleData, place: Window): Driver;
