import { digestOf } from './digest-of.ts';
import { canonicalJson, type Json } from './jcs.ts';

/** A digest over values in their order, which can be kept and gone on with: each is SHA-256 over the one before and the value. */
export class RunningDigest {
  /** In hexadecimal; empty over nothing. */
  value = '';

  add(value: Json): void {
    this.value = digestOf([this.value, canonicalJson(value)]);
  }
}
