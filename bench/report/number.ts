/** Three digits tell enough of a measured value. */
export const number = (value = NaN): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
