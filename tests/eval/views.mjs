// An answer as a model sees it: the text alone, or the structured content alone. Both are read as units (a line, a row,
// an object), because a fact is only told if what belongs together stands together.

/** What stands together in an answer: its words, and its members by name where they have names. */
class Unit {
  constructor(members, text) {
    this.members = members;
    this.text = text ?? members.map(([name, value]) => `${name}: ${value}`).join(' | ');
  }

  /** The value of the first member whose name matches. */
  get(name) {
    return this.members.find(([key]) => name.test(key))?.[1];
  }
}

const cellsOf = (line) => line.split(' | ');
const isRow = (line) => line.includes(' | ');
const keyed = /^([A-Za-z][\w ().-]{0,40}): (.*)$/;

/** The text's lines; rows of a table have the names of its head; lines between tables also stand together. */
function unitsOfText(text) {
  const units = [];
  let head;
  let block = [];
  const endBlock = () => {
    if (block.length > 1)
      units.push(
        new Unit(
          block.flatMap((unit) => unit.members),
          block.map((unit) => unit.text).join('\n'),
        ),
      );
    block = [];
  };
  for (const line of text.split('\n')) {
    if (isRow(line) && !head) {
      endBlock();
      head = cellsOf(line);
      units.push(new Unit([], line));
    } else if (isRow(line)) {
      units.push(new Unit(cellsOf(line).map((cell, index) => [head[index] ?? '', cell])));
    } else {
      head = undefined;
      const [, name, value] = keyed.exec(line) ?? [];
      const unit = new Unit(name ? [[name, value]] : [], line);
      units.push(unit);
      block.push(unit);
    }
  }
  endBlock();
  return units;
}

const isScalar = (value) => value === null || typeof value !== 'object';

/** Rows as arrays, with their columns beside them: columns and rows, or x and x_columns. */
function columnsFor(object, name) {
  const columns = object[`${name}_columns`] ?? object.columns;
  return Array.isArray(columns) ? columns.map((column) => String(column?.name ?? column)) : [];
}

function* unitsOfValue(value, name = '', columns = []) {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isScalar))
      yield new Unit(value.map((one, index) => [columns[index] ?? name, String(one)]));
    else
      for (const one of value)
      yield* unitsOfValue(one, name, Array.isArray(one) ? columns : []);
    return;
  }
  if (isScalar(value)) {
    const text = String(value);
    yield new Unit([[name, text]]);
    if (text.includes('\n'))
      yield* text.split('\n').map((line) => new Unit([], line));
    return;
  }
  const plain = Object.entries(value).filter(([, one]) => isScalar(one) || (Array.isArray(one) && one.every(isScalar)));
  yield new Unit(plain.map(([key, one]) => [key, String(one)]));
  for (const [key, one] of Object.entries(value))
    yield* unitsOfValue(one, key, columnsFor(value, key));
}

const plainText = (text) => text.replaceAll('¦', '|').replaceAll(/[ \t\u00a0\u202f]+/g, ' ');

function holds(text, pattern) {
  if (pattern instanceof RegExp)
    return pattern.test(text);
  const words = String(pattern);
  const edge = (character) => (/\w/.test(character) ? '\\b' : '');
  const escaped = plainText(words).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(edge(words[0]) + escaped + edge(words.at(-1))).test(plainText(text));
}

/** Every scalar once, below its name. */
function* linesOf(value, name = '') {
  if (isScalar(value))
    yield name ? `${name}: ${value}` : String(value);
  else
    for (const [key, one] of Object.entries(value))
      yield* linesOf(one, Array.isArray(value) ? name : key);
}

/** One or more answers, seen through one channel. */
export class View {
  constructor(units, whole) {
    this.units = units;
    this.whole = whole;
  }

  static ofText(text) {
    return new View(unitsOfText(text), text);
  }

  /** A client that shows structured content shows the text where there is none: errors have none. */
  static ofFacts({ facts, text }) {
    return facts ? new View([...unitsOfValue(facts)], [...linesOf(facts)].join('\n')) : View.ofText(text);
  }

  static ofAll(views) {
    return new View(
      views.flatMap((view) => view.units),
      views.map((view) => view.whole).join('\n'),
    );
  }

  /** The member of the first unit that has all of these words, as a model copies it into its next call. */
  pick(words, member) {
    for (const unit of this.units)
      if (words.every((word) => holds(unit.text, word)) && unit.get(member) !== undefined)
        return unit.get(member);
    throw new Error(`no ${member} beside ${words.join(', ') || 'anything'}`);
  }

  /**
   * What is wrong, or nothing. A fact is a text or an expression that stands anywhere, a list of those that stand
   * together, {any} of several facts, or {never} what must not be said.
   */
  faultOf(fact) {
    if (Array.isArray(fact))
      return this.units.some((unit) => fact.every((part) => holds(unit.text, part)))
        ? undefined
        : `lacks ${fact.join(' + ')}`;
    if (fact instanceof RegExp || typeof fact !== 'object')
      return holds(this.whole, fact) ? undefined : `lacks ${fact}`;
    if (fact.any)
      return fact.any.some((one) => !this.faultOf(one)) ? undefined : `lacks ${fact.any.join(' or ')}`;
    if (fact.never)
      return holds(this.whole, fact.never) ? `says ${fact.never}` : undefined;
    throw new Error(`no such kind of fact: ${JSON.stringify(fact)}`);
  }
}
