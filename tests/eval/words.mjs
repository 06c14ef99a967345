// How answers may word what is right.

/** An expression that calls itself by these words where it fails. */
const named = (words, expression) => Object.assign(expression, { toString: () => words });

/** So many of something: "12 running", "12 of them are running", "running: 12". */
export function count(number, what) {
  return named(
    `${number} ${what}`,
    new RegExp(`\\b${number}\\b[^|\\n\\d]{0,30}(?:${what})|(?:${what})[^|\\n\\d]{0,20}\\b${number}\\b`, 'i'),
  );
}

/** A length of time that may be a little longer by now, in whatever units: milliseconds in. */
export function lasting(milliseconds) {
  const minutes = Math.floor(milliseconds / 60_000);
  const forms = [];
  for (const total of [minutes - 1, minutes, minutes + 1]) {
    const [days, hours, rest] = [Math.floor(total / 1440), Math.floor(total / 60) % 24, total % 60];
    forms.push(`\\b${total} ?min`, `minutes\\w*: ${total}\\b`);
    if (days > 0)
      forms.push(`\\b${days} ?d(?:ays?)? ${hours} ?h`);
    forms.push(`\\b${Math.floor(total / 60)} ?h(?:ours?)? ${rest} ?min`, ...(rest ? [] : [`\\b${hours} ?h\\b`]));
  }
  return named(`${minutes} minutes`, new RegExp(forms.join('|')));
}

/** The line of a text that says the most: the first that is neither blank nor a comment. */
export function tellingLine(lines) {
  return lines.map((line) => line.trim()).find((line) => line.length > 8 && !/^(#|--|\/\/)/.test(line));
}
