// What judges the answers can itself tell right from wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { untoldByFacts, untoldByText } from './channels.mjs';
import { ranking } from './questions.mjs';
import { median } from './tokens.mjs';
import { View } from './views.mjs';
import { count, lasting } from './words.mjs';

const text = `Found 3 clusters (1 running):
id | name | state
a1 | Night | RUNNING
b2 | Nightly | TERMINATED
There are more: page_token "2.3."`;
const facts = {
  summary: 'Found 3 clusters (1 running):',
  next: 'There are more: page_token "2.3."',
  columns: ['cluster_id', 'cluster_name', 'state'],
  clusters: [
    ['a1', 'Night', 'RUNNING'],
    ['b2', 'Nightly', 'TERMINATED'],
  ],
  total: 3,
};
const objects = {
  clusters: [
    { cluster_id: 'a1', cluster_name: 'Night', state: 'RUNNING' },
    { cluster_id: 'b2', cluster_name: 'Nightly', state: 'TERMINATED' },
  ],
};
const views = [View.ofText(text), View.ofFacts({ facts }), View.ofFacts({ facts: objects })];

test('an id is that of its own row, however rows are written', () => {
  for (const view of views) {
    assert.equal(view.pick(['Night', 'RUNNING'], /id$/), 'a1');
    assert.equal(view.pick(['Nightly'], /id$/), 'b2');
    assert.throws(() => view.pick(['Nightly', 'RUNNING'], /id$/), /no .* beside/);
  }
});

test('what belongs together must stand together', () => {
  for (const view of views) {
    assert.equal(view.faultOf(['Night', 'RUNNING']), undefined);
    assert.match(view.faultOf(['Night', 'TERMINATED']), /lacks/);
    assert.match(view.faultOf({ never: 'Nightly' }), /says/);
    assert.equal(view.faultOf({ any: ['nowhere', ['b2', 'TERMINATED']] }), undefined);
  }
  assert.match(View.ofFacts({ facts: objects }).faultOf(count(1, 'running')), /lacks 1 running/);
  assert.equal(View.ofFacts({ facts }).faultOf(count(1, 'running')), undefined);
});

test('an error is read by its text where there is nothing else', () => {
  assert.equal(View.ofFacts({ text: 'No such table' }).faultOf('No such table'), undefined);
});

test('lines with names stand together until a table begins', () => {
  const view = View.ofText(
    'Cluster Night is RUNNING.\nworkers: 4\nautotermination_minutes: 60\n\ntask | state\na | DONE',
  );
  assert.equal(view.pick(['Night'], /^workers$/), '4');
  assert.equal(view.faultOf(['Night', /auto\w*: 60/]), undefined);
  assert.match(view.faultOf(['Night', 'DONE']), /lacks/);
});

test('both channels are compared by what they say', () => {
  assert.deepEqual(untoldByText({ text, facts }), []);
  assert.deepEqual(untoldByFacts({ text, facts }), []);
  assert.deepEqual(untoldByText({ text, facts: { ...facts, left_out: 17, total: 33 } }), ['total', 'left_out']);
  assert.deepEqual(untoldByFacts({ text: `${text}\nCall get_cluster next.`, facts }), ['Call get_cluster next.']);
  assert.equal(untoldByFacts({ text, facts: objects }).length, 2);
});

test('lengths of time are read in any unit', () => {
  for (const words of ['10 min 3 s', 'minutes: 10', '0 h 10 min'])
    assert.match(words, lasting(600_000));
  assert.match('2 d 1 h', lasting(49 * 3_600_000));
  assert.doesNotMatch('100 min', lasting(600_000));
});

test('a word in a name outweighs one in a description', () => {
  const tools = [
    { name: 'list_jobs', description: 'Lists.' },
    { name: 'other', description: 'Not the jobs of others.' },
  ];
  assert.deepEqual(ranking(tools, 'which jobs'), ['list_jobs', 'other']);
  assert.equal(median([3, 1, 2, 10]), 3);
});
