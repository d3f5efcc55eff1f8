const NativeWeakMap = WeakMap;

/**
 * A WeakMap that can be emptied: what the code keeps for objects that it has met would else be worked out by one
 * mutant and read by the next.
 */
export class ForgetfulWeakMap {
  static #all = new Set();
  #map = new NativeWeakMap();

  constructor(entries = []) {
    for (const [key, value] of entries) this.set(key, value);
    ForgetfulWeakMap.#all.add(new WeakRef(this));
  }

  /** Of the WeakMaps that are in use. */
  static forgetAll() {
    for (const one of ForgetfulWeakMap.#all) {
      const map = one.deref();
      if (map) map.#map = new NativeWeakMap();
      else ForgetfulWeakMap.#all.delete(one);
    }
  }

  get(key) {
    return this.#map.get(key);
  }

  set(key, value) {
    this.#map.set(key, value);
    return this;
  }

  has(key) {
    return this.#map.has(key);
  }

  delete(key) {
    return this.#map.delete(key);
  }
}
