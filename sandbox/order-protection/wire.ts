/** Parts of Order Protection's webhook bodies (Order Protection, "Claim approved"). Money is a JSON number in major units. */
export interface WireItem {
  readonly product_id: string | null;
  readonly variant_id: string | null;
  readonly sku: string | null;
  readonly item_id: string;
  readonly item_name: string | null;
  readonly quantity: number;
}

export interface ResolvedItem extends WireItem {
  readonly price: number;
  readonly discount: number;
  readonly tax: number;
  readonly resolution_percentage: number | null;
  readonly resolution_flat_amount: number | null;
}

export interface WireAddress {
  readonly address1?: string | null | undefined;
  readonly address2?: string | null | undefined;
  readonly city?: string | null | undefined;
  readonly state?: string | null | undefined;
  readonly zip?: string | null | undefined;
  readonly country?: string | null | undefined;
}

export interface Details {
  readonly items: readonly ResolvedItem[];
  readonly currency: string;
  readonly shipping_amount: number;
  readonly shipping_amount_tax?: number;
  /** For a RESHIP the value of the goods, not money to pay. */
  readonly total_refund_amount: number;
  readonly shipping_address?: WireAddress;
}
