import { emailIn, fields, part, type Fields } from '../wire';

/**
 * The order and the customer as they stood when the event was fired (Karla, "Events overview": `context`), as candidates for the
 * readers of src/claims/event.ts. `order_status_url` is never taken: its query holds a key.
 */
export function contextFrom(context: unknown): { order: unknown; customer: unknown } {
  const { order, customer } = fields(context);
  return { order: part(order, orderFrom), customer: customerFrom(fields(customer), fields(order)) };
}

/** `external_id` is the shop's own id; an event without it names the order by its number. */
function orderFrom({ externalId, orderNumber, orderName, address }: Fields): Fields {
  return {
    sourceOrderId: externalId ?? orderNumber,
    number: orderNumber ?? orderName,
    shippingAddress: part(address, addressFrom),
  };
}

function addressFrom(address: Fields): Fields {
  return {
    name: address.name ?? address.company,
    phone: address.phone,
    address1: address.addressLine1 ?? address.street,
    address2: address.addressLine2,
    city: address.city,
    state: address.provinceCode ?? address.province,
    zip: address.zipCode,
    country: address.countryCode ?? address.country,
  };
}

/** Guests have no `external_id`, and all names may be null. The order may have been placed with another e-mail. */
function customerFrom(customer: Fields, order: Fields): Fields {
  const address = fields(order.address);
  const name = [customer.firstName, customer.lastName].filter((word) => typeof word === 'string').join(' ');
  return {
    email: emailIn(customer.email),
    orderEmail: emailIn(order.emailId),
    name: customer.fullName ?? (name === '' ? address.name : name),
    phone: customer.phone ?? address.phone,
    externalId: customer.externalId ?? order.externalCustomerId,
  };
}
