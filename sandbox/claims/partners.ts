import { type Addresses } from '../addresses';
import { type BrandBackendActions } from '../brand-backend/actions';
import { controlClient } from '../http/control';
import { type KustomerActions } from '../kustomer/actions';
import { type OrderProtectionActions } from '../order-protection/actions';

/** The partners' control panels: what shoppers, staff and agents do there, and what is to be seen there. */
export const partnersOf = ({ kustomer, orderProtection, brandBackend }: Addresses) => ({
  kustomer: controlClient<KustomerActions>(kustomer),
  orderProtection: controlClient<OrderProtectionActions>(orderProtection),
  brandBackend: controlClient<BrandBackendActions>(brandBackend),
});
export type Partners = ReturnType<typeof partnersOf>;
