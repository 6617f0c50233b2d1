/* The verbs of the small model: train, evaluate, wordings, nowhere, feed, export, say, survey, table. They work in the
 * command line's own process, on files of whoever types, in steps of a quarter of a second, so that progress shows; at
 * the lowest priority. */
#ifndef ROLE_MODEL_VERB_H
#define ROLE_MODEL_VERB_H

#include "core/verb.h"

verb_run model_train_begin, model_train_go, model_train_measure, model_train_end;
verb_run model_evaluate_begin, model_evaluate_go, model_evaluate_end;
verb_run model_export, model_say, model_survey, model_table;
verb_run model_wordings_begin, model_wordings_go, model_wordings_end;
verb_run model_nowhere_begin, model_nowhere_go, model_nowhere_end;
verb_run model_feed_begin, model_feed_go, model_feed_end;

#endif
