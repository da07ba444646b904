/**
 * A host that may not be dialled. Of a name only the kind of its addresses is told, not the addresses: brands read this, and are
 * not to look up names of the operator's network.
 */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';

  constructor(
    readonly host: string,
    readonly kind: string,
  ) {
    super(
      `${host} stands for a ${kind} address, which is not dialled: correct the URL, or have the operator allow the range of an own network in CLAIMKEEPER_EGRESS_ALLOW`,
    );
  }
}
