/* The assistant service as the house sees it. */
#ifndef SERVICE_ASSISTANT_ASSISTANT_SERVICE_H
#define SERVICE_ASSISTANT_ASSISTANT_SERVICE_H

#include "core/service.h"

extern const struct service assistant_service;

web_handler assistant_show, assistant_export, assistant_trace_show, assistant_trace_act, assistant_refused_show;
web_handler assistant_model_show, assistant_choose_show, assistant_decide_act, assistant_end_act;

#endif
