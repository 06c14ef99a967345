// Whether the two channels of an answer say the same: every scalar of the structured content stands in the text, and
// what the text says stands in the structured content.

const plain = (text) => text.replaceAll('¦', '|').replaceAll(/\s+/g, ' ').trim();

/** Names of columns are names of members: they tell nothing by themselves. */
function namesColumns(name, value) {
  return /(^|_)columns$/.test(name) && Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function* scalars(value, path = '') {
  if (value !== null && typeof value === 'object')
    for (const [key, one] of Object.entries(value).filter(([name, list]) => !namesColumns(name, list)))
      yield* scalars(one, Array.isArray(value) ? path : path ? `${path}.${key}` : key);
  else
    yield { path, value };
}

const forms = {
  boolean: (value) => (value ? ['true', 'yes', 'on'] : ['false', 'no', 'not', 'off', '-']),
  number: (value) => [String(value), value.toLocaleString('en')],
  object: () => ['-', 'null', 'NULL'],
};

/** Stands there, and not as a part of a longer word or number. */
function stands(text, words) {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const joined = (one, other) => /\w/.test(one ?? '') && /\w/.test(other ?? '');
    if (!joined(text[at - 1], words[0]) && !joined(text[at + words.length], words.at(-1)))
      return true;
  }
  return false;
}

/** Members that the text tells in words of its own. */
const worded = { total_is_exact: { true: /\b(found|of) \d/i, false: /at least|unknown|more/i } };

/** The members that the text does not tell. */
export function untoldByText({ text, facts }) {
  const said = plain(text);
  const untold = new Set();
  for (const { path, value } of scalars(facts)) {
    if (Number.isInteger(value) && !Number.isSafeInteger(value))
      continue; // exact on the wire, and no more once parsed here
    const words = worded[path.split('.').at(-1)]?.[value];
    const told =
      words?.test(said) ||
      (typeof value === 'string'
        ? plain(value) === '' ||
          said.includes(plain(value)) ||
          value.split('\n').every((line) => said.includes(plain(line)))
        : forms[typeof value](value).some((form) => stands(said, form)));
    if (!told)
      untold.add(path);
  }
  return [...untold];
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRow = (line) => line.includes(' | ');

/** What the text's lines say: cells of rows, values of keys, sentences. Heads of tables and of parts say nothing. */
function* said(text) {
  let inTable = false;
  for (const line of text.split('\n')) {
    const row = isRow(line);
    if (row && inTable)
      yield* line.split(' | ');
    else if (!row && !/^[\w ]{1,40}:$/.test(line)) {
      const [, value] = /^[\w ().-]{1,40}: (.*)$/.exec(line) ?? [];
      const words = value ?? line;
      const json = /^[{[]/.test(words) ? parsed(words) : undefined;
      if (json)
        yield* [...scalars(json)].map((one) => String(one.value));
      else
        yield* value === undefined ? line.split(/(?<=[.:]) (?=[A-Z])/) : [value];
    }
    inTable = row;
  }
}

/** What the text says and the structured content does not. */
export function untoldByFacts({ text, facts }) {
  const known = [...scalars(facts)].map(({ value }) => plain(String(value)));
  const all = known.join('\n');
  const lists = JSON.stringify(facts);
  return [...said(text)]
    .map(plain)
    .filter((words) => words && words !== '-' && !all.includes(words) && !lists.includes(words))
    .filter((words) => !all.includes(words.replace(/[.:]$/, '')));
}

/** What differs, by tool: Map(tool, {text, facts}) of the members and sentences that one channel lacks. */
export function differences(answers) {
  const byTool = new Map();
  for (const answer of answers.filter((one) => one.facts)) {
    const untold = { text: untoldByText(answer), facts: untoldByFacts(answer) };
    if (untold.text.length + untold.facts.length === 0)
      continue;
    const sum = byTool.get(answer.tool) ?? { text: new Set(), facts: new Set() };
    untold.text.forEach((one) => sum.text.add(one));
    untold.facts.forEach((one) => sum.facts.add(one));
    byTool.set(answer.tool, sum);
  }
  return byTool;
}
