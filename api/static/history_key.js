// The name of an entry of the history, or of a window that has one: no other of this browser has the same.
export const newKey = () => `${performance.timeOrigin + performance.now()}`;
