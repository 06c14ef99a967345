// Forty everyday tasks of a data engineer.
//
//   name, prompt(right)    what a person asks
//   know(upstream)         what is right, asked of the workspace's own REST API before the plan
//   plan(model, right)     the calls that a model makes. What it carries from one answer to the next it picks from the
//                          answer. Of `right` it uses only what the prompt says.
//   facts(right, upstream) what must be told by the answers, after the plan; see View.faultOf
//   told                   what a person must be told, where that is less
//   fails                  whether answers of the plan may be errors
//   budget                 tokens of all answers, in the text and in the structured content each
//   args                   options of the program: the default toolsets unless these say otherwise

import { compute } from './tasks/compute.mjs';
import { data } from './tasks/data.mjs';
import { jobs } from './tasks/jobs.mjs';
import { more } from './tasks/more.mjs';
import { sql } from './tasks/sql.mjs';

export const tasks = [...compute, ...sql, ...data, ...jobs, ...more];
