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
/** "Parameters:", "Read from (upstream):" */
const isHeading = (line) => /^[A-Za-z_ ()]{1,40}:$/.test(line);

/** What the text's lines say: cells of rows, values of keys, sentences. Heads of tables and of parts say nothing. */
function* said(text) {
  let inTable = false;
  for (const line of text.split('\n')) {
    const row = isRow(line);
    if (row && inTable)
      yield* line.split(' | ');
    else if (!row && !isHeading(line))
      yield line;
    inTable = row;
  }
}

/** Words that a text puts between facts. */
const between = new Set('Task run is of on the a and with cluster'.split(' '));

/** Whether the words are those of facts, perhaps of several in a row: "Task load (run 12) is TERMINATED: FAILED". */
function isToldBy(facts, line) {
  const told = plain(line);
  if (!told || told === '-' || facts.all.includes(told) || facts.json.includes(told))
    return true;
  if (/^[{[]/.test(told) && parsed(told))
    return [...scalars(parsed(told))].every(({ value }) => stands(facts.all, plain(String(value))));
  const [, value] = /^[\w ().-]{1,40}: (.*)$/.exec(told) ?? [];
  if (value !== undefined && isToldBy(facts, value))
    return true;
  const sentences = told.split(/(?<=[.:]) (?=[A-Z])/);
  if (sentences.length > 1)
    return sentences.every((one) => isToldBy(facts, one.replace(/[.:]$/, '')));
  return told.split(/[ ,():|]+|\.$/).every((word) => !word || between.has(word) || facts.words.has(word));
}

/** What the text says and the structured content does not. */
export function untoldByFacts({ text, facts }) {
  const known = [...scalars(facts)];
  const all = known.map(({ value }) => plain(String(value))).join('\n');
  const names = known.flatMap(({ path }) => path.split('.'));
  const words = new Set([...names, ...all.split(/[\s,():|]+/)]);
  const told = { all, json: JSON.stringify(facts), words };
  return [...said(text)].filter((line) => !isToldBy(told, line)).map(plain);
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
